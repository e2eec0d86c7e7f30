import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { client, ifMatch, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { IconButton } from "../../parts/IconButton";
import { type MenuAction, MoreMenu } from "../../parts/MoreMenu";
import { toast } from "../../parts/toast";
import { guideText } from "../../text/guide";
import { quotesText } from "../../text/quotes";
import { useGuide } from "./useGuide";

/** The rarer things one does to a draft. */
export function DraftMenu({
  quote,
  canUndo,
  onUndo,
}: {
  quote: Quote;
  canUndo: boolean;
  onUndo: () => void;
}) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { shown, learning, turn } = useGuide();
  const drop = useMutation({
    mutationFn: () =>
      read(
        client.DELETE("/api/quotes/{id}", { params: { path: { id: quote.id } }, ...ifMatch(quote.version) }),
      ),
    onSuccess: async () => {
      toast(quotesText.draftDeleted);
      await navigate({ to: "/quotes", replace: true });
      cache.removeQueries({ queryKey: ["quotes", "one", quote.id] });
      cache.invalidateQueries({ queryKey: ["quotes"] });
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  const hints: MenuAction[] = learning
    ? [
        {
          word: shown ? guideText.off : guideText.on,
          icon: shown ? "close" : "info",
          act: () => turn(shown),
        },
      ]
    : [];
  const deletes: MenuAction[] = quote.actions.includes("delete")
    ? [{ word: quotesText.deleteDraft, icon: "trash", danger: true, act: () => drop.mutate() }]
    : [];
  return (
    <>
      <IconButton icon="undo" label={quotesText.undo} disabled={!canUndo} onClick={onUndo} />
      <MoreMenu label={quotesText.more} actions={[...hints, ...deletes]} />
    </>
  );
}
