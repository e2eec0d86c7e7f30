import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem, conflictOf, Problem, repricedOf } from "../../api/problem";
import type { Quote, Repriced } from "../../api/types";
import { useWhenOnline } from "../../parts/useWhenOnline";
import { quotesText } from "../../text/quotes";
import { movedInSight } from "./movedInSight";
import type { Moved } from "./movedSince";
import { OnceKeys } from "./OnceKeys";
import { quoteKey, quoteQuery } from "./quoteApi";
import { isOver } from "./useQuoteDraft";

interface IssueParts {
  flush: () => Promise<Quote>;
  checkpoint: () => Promise<void>;
  onIssued: (quote: Quote) => void;
  /** What the server refused stands in the draft from then on: why, and who may. */
  onRefused: (current: Quote) => void;
  /** The draft is no longer this person's to issue. */
  onOver: (problem: Problem) => void;
  /** Somebody changed the draft since it came onto this screen: nothing of it was issued. */
  onChanged: (current: Quote, by: string | null) => void;
}

interface Pressed {
  /** The draft as the screen showed it to who pressed. */
  sight: Quote;
  /** What the person was shown as old and new after the press, and agreed to. */
  agreed?: Repriced;
  /** What moved before the draft was opened, as it was told at the press: the figures in sight hold these prices already. */
  known?: Moved;
}

/** What was in sight, or was agreed to, as the server asks for it; prices that moved with the last save are refused here. */
function expected({ sight, agreed, known }: Pressed, saved: Quote) {
  if (agreed) return { expected_net: agreed.new.net, agree: agreed.agree || undefined };
  const moved = movedInSight(sight, saved);
  if (moved) throw new Problem(409, "price_changed", quotesText.priceChangedTitle, { ...moved });
  // Where nothing was saved since, the server still compares with the old prices, and asks again without the code.
  // What was told is what is issued, though something else was typed meanwhile.
  return { expected_net: (known?.new ?? saved.totals).net, agree: known?.agree || undefined };
}

/** Issues the draft at the figures in sight; when prices moved meanwhile, it brings old and new instead. */
export function useIssue({ flush, checkpoint, onIssued, onRefused, onOver, onChanged }: IssueParts) {
  const cache = useQueryClient();
  const [keys] = useState(() => new OnceKeys());
  const issue = useMutation({
    mutationFn: async (pressed: Pressed) => {
      const [saved] = await Promise.all([flush(), checkpoint()]);
      const body = expected(pressed, saved);
      // What is on the screen is issued, or nothing: at the same total there may be other goods for another customer.
      const inSight = ifMatch(saved.version).headers;
      // Pressed again after its answer was lost, it is the same request: it gets the number of the first one.
      return keys.send(
        JSON.stringify([saved.id, saved.version, body]),
        (once) => {
          const headers = { ...once, ...inSight };
          return read(
            client.POST("/api/quotes/{id}/issue", { params: { path: { id: saved.id } }, body, headers }),
          );
        },
        (error) => asProblem(error).passing,
      );
    },
    onError: async (error, { sight }) => {
      const refused = asProblem(error);
      if (isOver(refused)) onOver(refused);
      const changed = conflictOf<Quote>(refused);
      if (changed) onChanged(changed.current, changed.changedBy);
      if (refused.code !== "cannot_issue") return;
      const current = await cache.fetchQuery({ ...quoteQuery(sight.id), staleTime: 0 }).catch(() => null);
      if (current?.state === "draft") onRefused(current);
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
    issue: (sight: Quote, agreed?: Repriced) => issue.mutate({ sight, agreed }),
    issueKnown: (sight: Quote, known?: Moved) => issue.mutate({ sight, known }),
    busy: issue.isPending,
    moved,
    problem: moved || problem?.status === 412 || (problem && isOver(problem)) ? null : problem,
    dismiss: () => issue.reset(),
  };
}
