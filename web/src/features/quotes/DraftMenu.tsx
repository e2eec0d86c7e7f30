import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { IconButton } from "../../parts/IconButton";
import { type MenuAction, MoreMenu } from "../../parts/MoreMenu";
import { toast } from "../../parts/toast";
import { agreeingText } from "../../text/agreeing";
import { guideText } from "../../text/guide";
import { quotesText } from "../../text/quotes";
import { setsText } from "../../text/sets";
import { docOf, inputOf } from "./draftModel";
import { useGuide } from "./useGuide";
import { useQuoteActions } from "./useQuoteActions";

const SaveSetSheet = lazy(() => import("./SaveSetSheet"));

/** The rarer things one does to a draft. */
export function DraftMenu({
  quote,
  canUndo,
  onUndo,
  flush,
}: {
  quote: Quote;
  canUndo: boolean;
  onUndo: () => void;
  /** Waits until everything typed is saved. */
  flush: () => Promise<Quote>;
}) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { shown, learning, turn } = useGuide();
  // A deleted draft keeps no number and nobody's word: what comes back is a new draft with all that it held.
  const back = useMutation({
    mutationFn: async () => {
      const doc = docOf(quote);
      const { customer_id, lines, ...rest } = inputOf(doc);
      const made = await read(client.POST("/api/quotes", { body: { customer_id, lines } }));
      if (rest.notes === "" && rest.valid_until === null) return made;
      return read(
        client.PUT("/api/quotes/{id}", {
          params: { path: { id: made.id } },
          body: { customer_id, lines, ...rest },
          ...ifMatch(made.version),
        }),
      );
    },
    onSuccess: async (made) => {
      cache.invalidateQueries({ queryKey: ["quotes"] });
      await navigate({ to: "/quotes/$quoteId", params: { quoteId: String(made.id) } });
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  const drop = useMutation({
    mutationFn: async () => {
      // What is being saved is one's own: only what another tab or person saved meanwhile keeps the draft.
      const { version } = await flush();
      return read(
        client.DELETE("/api/quotes/{id}", { params: { path: { id: quote.id } }, ...ifMatch(version) }),
      );
    },
    onSuccess: async () => {
      toast(quotesText.draftDeleted, { action: { word: quotesText.undo, act: () => back.mutate() } });
      await navigate({ to: "/quotes", replace: true });
      cache.removeQueries({ queryKey: ["quotes", "one", quote.id] });
      cache.invalidateQueries({ queryKey: ["quotes"] });
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  const acts = useQuoteActions(quote);
  const [keeping, setKeeping] = useState(false);
  const rare: MenuAction[] = [];
  if (learning)
    rare.push({
      word: shown ? guideText.off : guideText.on,
      icon: shown ? "close" : "info",
      act: () => turn(shown),
    });
  if (quote.actions.includes("edit"))
    rare.push({ word: setsText.save, icon: "table", act: () => setKeeping(true) });
  if (quote.actions.includes("add_option"))
    rare.push({ word: agreeingText.addOption, icon: "diff", act: () => acts.option.mutate() });
  if (quote.actions.includes("delete"))
    rare.push({ word: quotesText.deleteDraft, icon: "trash", danger: true, act: () => drop.mutate() });
  return (
    <>
      <IconButton icon="undo" label={quotesText.undo} disabled={!canUndo} onClick={onUndo} />
      <MoreMenu label={quotesText.more} actions={rare} />
      {keeping && (
        <Suspense>
          <SaveSetSheet quoteId={quote.id} flush={flush} onClose={() => setKeeping(false)} />
        </Suspense>
      )}
    </>
  );
}
