import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { type MenuAction, MoreMenu } from "../../parts/MoreMenu";
import { ReasonSheet } from "../../parts/ReasonSheet";
import { useIsPhone } from "../../parts/useIsPhone";
import { agreeingText } from "../../text/agreeing";
import { quickText } from "../../text/quick";
import { quotesText } from "../../text/quotes";
import { setsText } from "../../text/sets";
import { shareText } from "../../text/share";
import { CopiesSheet } from "./CopiesSheet";
import { draftAfter } from "./draftAfter";
import { LoseSheet } from "./LoseSheet";
import { type QuoteActions, useQuoteChanged } from "./useQuoteActions";

const SaveSetSheet = lazy(() => import("./SaveSetSheet"));

interface IssuedMenuProps {
  quote: Quote;
  acts: QuoteActions;
  onRevise: () => void;
}

/** Copy, revise, and behind the dots what is rare or dangerous. */
export function IssuedMenu({ quote, acts, onRevise }: IssuedMenuProps) {
  const phone = useIsPhone();
  const changed = useQuoteChanged();
  const [cancelling, setCancelling] = useState(false);
  const [losing, setLosing] = useState(false);
  const [copying, setCopying] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const cancel = useMutation({
    mutationFn: (reason: string) =>
      read(client.POST("/api/quotes/{id}/cancel", { params: { path: { id: quote.id } }, body: { reason } })),
    onSuccess: (after) => {
      changed(after);
      setCancelling(false);
    },
  });
  const may = (action: string) => quote.actions.includes(action);
  // The server gives back the draft that exists, so the same act leads to it. What holds the quotation says it itself.
  const next = draftAfter(quote);
  const revise = next === null ? quotesText.revise : quotesText.continueDraft(next);
  const revisable = may("revise") && !quote.hold;
  const rare: MenuAction[] = [];
  if (phone && revisable) rare.push({ word: revise, icon: "edit", act: onRevise });
  if (phone && may("copy")) rare.push({ word: quotesText.copy, icon: "copy", act: () => acts.copy.mutate() });
  if (may("copy")) rare.push({ word: quickText.copyForMany, icon: "customers", act: () => setCopying(true) });
  if (may("copy")) rare.push({ word: setsText.save, icon: "table", act: () => setKeeping(true) });
  if (may("add_option"))
    rare.push({ word: agreeingText.addOption, icon: "diff", act: () => acts.option.mutate() });
  rare.push({ word: quickText.print, icon: "file", act: () => window.print() });
  if (may("cancel")) {
    rare.push({ word: shareText.lose, icon: "fall", danger: true, act: () => setLosing(true) });
    rare.push({ word: quotesText.cancel, icon: "close", danger: true, act: () => setCancelling(true) });
  }
  return (
    <>
      {!phone && revisable && (
        <Button busy={acts.revise.isPending} icon="edit" onClick={onRevise}>
          {revise}
        </Button>
      )}
      {!phone && may("copy") && (
        <Button busy={acts.copy.isPending} icon="copy" onClick={() => acts.copy.mutate()}>
          {quotesText.copy}
        </Button>
      )}
      <MoreMenu label={quotesText.more} actions={rare} />
      <ReasonSheet
        open={cancelling}
        title={quotesText.cancel}
        explains={quotesText.cancelExplains}
        action={quotesText.cancel}
        busy={cancel.isPending}
        problem={cancel.error ? asProblem(cancel.error) : null}
        onClose={() => setCancelling(false)}
        onReason={(reason) => cancel.mutate(reason)}
      />
      {losing && <LoseSheet quote={quote} onClose={() => setLosing(false)} />}
      {keeping && (
        <Suspense>
          <SaveSetSheet quoteId={quote.id} onClose={() => setKeeping(false)} />
        </Suspense>
      )}
      {copying && <CopiesSheet quote={quote} onClose={() => setCopying(false)} />}
    </>
  );
}
