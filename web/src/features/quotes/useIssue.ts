import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem, type Problem, repricedOf } from "../../api/problem";
import type { Quote, Repriced } from "../../api/types";
import { useWhenOnline } from "../../parts/useWhenOnline";
import { OnceKeys } from "./OnceKeys";
import { quoteKey } from "./quoteApi";
import { isOver } from "./useQuoteDraft";

interface IssueParts {
  flush: () => Promise<Quote>;
  checkpoint: () => Promise<void>;
  onIssued: (quote: Quote) => void;
  /** The draft is no longer this person's to issue. */
  onOver: (problem: Problem) => void;
}

/** Issues the draft at the figures in sight; when prices moved meanwhile, it brings old and new instead. */
export function useIssue({ flush, checkpoint, onIssued, onOver }: IssueParts) {
  const cache = useQueryClient();
  const [keys] = useState(() => new OnceKeys());
  const issue = useMutation({
    mutationFn: async (agreed: Repriced | undefined) => {
      const [saved] = await Promise.all([flush(), checkpoint()]);
      const body = { expected_net: agreed?.new.net ?? saved.totals.net, agree: agreed?.agree };
      // Pressed again after its answer was lost, it is the same request: it gets the number of the first one.
      return keys.send(
        JSON.stringify([saved.id, body]),
        (headers) =>
          read(client.POST("/api/quotes/{id}/issue", { params: { path: { id: saved.id } }, body, headers })),
        (error) => asProblem(error).passing,
      );
    },
    onError: (error) => {
      const refused = asProblem(error);
      if (isOver(refused)) onOver(refused);
    },
    onSuccess: (issued) => {
      onIssued(issued);
      // What comes next stands at the top.
      window.scrollTo({ top: 0 });
      cache.setQueryData(quoteKey(issued.id), issued);
      cache.invalidateQueries({ queryKey: ["quotes", "list"] });
      cache.invalidateQueries({ queryKey: ["customers"] });
      cache.invalidateQueries({ queryKey: ["today"] });
      cache.invalidateQueries({ queryKey: ["me", "guide"] });
    },
  });
  const problem = issue.error ? asProblem(issue.error) : null;
  useWhenOnline(() => {
    if (problem?.offline) issue.reset();
  });
  const moved = problem?.code === "price_changed" ? repricedOf(problem) : null;
  return {
    issue: (agreed?: Repriced) => issue.mutate(agreed),
    busy: issue.isPending,
    moved,
    problem: moved || problem?.status === 412 || (problem && isOver(problem)) ? null : problem,
    dismiss: () => issue.reset(),
  };
}
