import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Content, Draft } from "../../api/types";
import { draftRowsKey } from "../../kinds/config/draftApi";
import { Button } from "../../parts/Button";
import { toast } from "../../parts/toast";
import { configText } from "../../text/config";
import { itemQuery, useDraftStep } from "./configApi";
import { headOf, saidOfBehind } from "./publishing";
import styles from "./Rebase.module.css";
import { RebaseSheet } from "./RebaseSheet";

export interface RowConflict {
  key: string;
  base: Content | null;
  mine: Content | null;
  theirs: Content | null;
  shown: Record<string, unknown>;
}

/** A newer revision exists: the draft must take it in before it goes on. */
export function RebaseBanner({ draft }: { draft: Draft }) {
  const cache = useQueryClient();
  const [conflicts, setConflicts] = useState<RowConflict[]>([]);
  const rebase = useDraftStep<Record<string, "mine" | "theirs">>(
    (choices) =>
      read(
        client.POST("/api/config/drafts/{id}/rebase", {
          params: { path: { id: draft.id } },
          body: { choices },
        }),
      ),
    () => {
      setConflicts([]);
      cache.invalidateQueries({ queryKey: draftRowsKey(draft.id) });
      toast(configText.rebaseDone);
    },
  );
  const begin = (choices: Record<string, "mine" | "theirs">) =>
    rebase.mutate(choices, {
      onError: (error) => {
        const problem = asProblem(error);
        if (problem.code === "rebase_conflict")
          setConflicts((problem.facts.conflicts ?? []) as RowConflict[]);
      },
    });
  const item = useQuery(itemQuery(draft.item.id)).data;
  const head = item && headOf(item);
  if (!head) return null;
  return (
    <div className={styles.banner} role="note">
      <p>{saidOfBehind(draft, head)}</p>
      {draft.actions.includes("rebase") && (
        <Button busy={rebase.isPending} onClick={() => begin({})}>
          {configText.rebase}
        </Button>
      )}
      {conflicts.length > 0 && (
        <RebaseSheet
          kind={draft.item.kind}
          conflicts={conflicts}
          busy={rebase.isPending}
          onChoose={begin}
          onClose={() => setConflicts([])}
        />
      )}
    </div>
  );
}
