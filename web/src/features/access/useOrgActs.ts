import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { orgsQuery } from "../../api/orgs";
import { asProblem } from "../../api/problem";
import type { Org } from "../../api/types";
import { toast } from "../../parts/toast";
import { orgsText } from "../../text/orgs";

/** A place as it is asked for. */
export interface NewPlace {
  parent_id: number;
  kind: string;
  name: string;
  code: string;
}

/** What is done to places of the organisation; what can be taken back says so for a while. */
export function useOrgActs(onDone: () => void) {
  const cache = useQueryClient();
  const changed = () => {
    cache.invalidateQueries(orgsQuery);
    cache.invalidateQueries({ queryKey: ["options"] });
    cache.invalidateQueries({ queryKey: ["people"] });
    cache.invalidateQueries({ queryKey: ["me"] });
  };
  const path = (id: number) => ({ params: { path: { id } } });
  const rename = (id: number, name: string) =>
    read(client.POST("/api/orgs/{id}/name", { ...path(id), body: { name } }));
  const close = (id: number) => read(client.POST("/api/orgs/{id}/close", path(id)));
  const reopen = (id: number) => read(client.POST("/api/orgs/{id}/reopen", path(id)));
  /** One act that is done at once and says how it went. */
  const quietly = (act: Promise<unknown>, said: string) =>
    act.then(
      () => {
        changed();
        toast(said);
      },
      (error: unknown) => toast(asProblem(error).message, { tone: "fault" }),
    );
  const done = (said: string, undo?: () => void) => {
    changed();
    toast(said, undo && { action: { word: orgsText.undo, act: undo } });
    onDone();
  };
  return {
    add: useMutation({
      mutationFn: (body: NewPlace) => read(client.POST("/api/orgs", { body })),
      onSuccess: (made) => done(orgsText.added(made.name)),
    }),
    rename: useMutation({
      mutationFn: ({ org, name }: { org: Org; name: string }) => rename(org.id, name),
      onSuccess: (after, { org }) =>
        done(orgsText.renamed(after.name), () =>
          quietly(rename(org.id, org.name), orgsText.undone(org.name)),
        ),
    }),
    close: useMutation({
      mutationFn: (org: Org) => close(org.id),
      onSuccess: (after) =>
        done(orgsText.closedNow(after.name), () => quietly(reopen(after.id), orgsText.reopened(after.name))),
    }),
    reopen: (org: Org) => quietly(reopen(org.id), orgsText.reopened(org.name)),
  };
}
