import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import { asProblem } from "../../api/problem";
import type { Draft, ItemRow } from "../../api/types";
import { draftKey } from "../../kinds/config/draftApi";
import { toast } from "../../parts/toast";

export const itemsQuery = paged(["config", "items"], (after, signal) =>
  read(client.GET("/api/config/items", { params: { query: { limit: 100, after } }, signal })),
);

export const itemQuery = (id: number) =>
  queryOptions({
    queryKey: ["config", "item", id],
    queryFn: ({ signal }) => read(client.GET("/api/config/items/{id}", { params: { path: { id } }, signal })),
  });

export const openDraftsQuery = paged(["config", "drafts"], (after, signal) =>
  read(client.GET("/api/config/drafts", { params: { query: { limit: 50, after } }, signal })),
);

export const releasesQuery = paged(["config", "releases", "scheduled"], (after, signal) =>
  read(
    client.GET("/api/config/releases", {
      params: { query: { state: "scheduled", limit: 50, after } },
      signal,
    }),
  ),
);

/** After anything is published, returned or thrown away, everything of 设计台 is read anew. */
export function useConfigChanged() {
  const cache = useQueryClient();
  return (draft?: Draft) => {
    if (draft) cache.setQueryData(draftKey(draft.id), draft);
    cache.invalidateQueries({ queryKey: ["config"], predicate: (query) => query.queryKey[1] !== "draft" });
    for (const area of ["today", "products", "options"]) cache.invalidateQueries({ queryKey: [area] });
  };
}

/** One step in the life of a draft. */
export function useDraftStep<T = void>(step: (value: T) => Promise<Draft>, done?: (draft: Draft) => void) {
  const changed = useConfigChanged();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: step,
    onSuccess: (draft) => {
      changed(draft);
      done?.(draft);
    },
    onError: (error) => {
      const problem = asProblem(error);
      // Others than those on the screen stand out by now: they are read anew, and so are the rows that tell them.
      if (problem.code === "risks_unseen")
        for (const part of ["draft checks", "draft diff"])
          cache.invalidateQueries({ queryKey: ["config", part] });
      if (problem.code !== "rebase_conflict") toast(problem.message, { tone: "fault" });
    },
  });
}

/** What kind of item it is, unless its name says so already. */
export const kindBeside = (item: Pick<ItemRow, "about" | "kind_name" | "name">) => {
  const kind = item.about || item.kind_name;
  return kind === item.name ? "" : kind;
};
