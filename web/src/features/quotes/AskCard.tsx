import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatAgo, formatMoney } from "../../parts/format";
import { ReasonSheet } from "../../parts/ReasonSheet";
import { toast } from "../../parts/toast";
import { askingText } from "../../text/asking";
import styles from "./AskCard.module.css";
import { askRead } from "./askRead";
import { useQuoteChanged } from "./useQuoteActions";

interface AskCardProps {
  quote: Quote;
  /** Saves what is typed, so that nothing of it is lost when the draft leaves these hands. */
  flush: () => Promise<Quote>;
  onChanged: (quote: Quote) => void;
}

/** Who was asked to decide on the draft and why, and the way to give it back or to take it back. */
export function AskCard({ quote, flush, onChanged }: AskCardProps) {
  const told = askRead(quote);
  const { ask } = quote;
  if (!told || !ask) return null;
  const changed = quote.actions.includes("give_back") ? askingText.changed : askingText.changedSince;
  return (
    <section className={styles.card} aria-label={told.title}>
      <div className={styles.text}>
        <b>{told.title}</b>
        <p>{askingText.said(told.words)}</p>
        <small>{[ask.beyond, formatAgo(ask.given_back_at ?? ask.at)].filter(Boolean).join(" · ")}</small>
        {ask.changed && ask.given_back_at === null && (
          <small className={styles.changed}>{changed(formatMoney(ask.net))}</small>
        )}
      </div>
      {quote.actions.includes("give_back") && <GiveBack quote={quote} flush={flush} onChanged={onChanged} />}
      {quote.actions.includes("withdraw_ask") && <Withdraw quote={quote} onChanged={onChanged} />}
    </section>
  );
}

function GiveBack({ quote, flush, onChanged }: AskCardProps) {
  const spread = useQuoteChanged();
  const [open, setOpen] = useState(false);
  const by = quote.ask?.by.name ?? "";
  const give = useMutation({
    mutationFn: async (reason: string) => {
      await flush();
      return read(
        client.POST("/api/quotes/{id}/ask/give-back", {
          params: { path: { id: quote.id } },
          body: { reason },
        }),
      );
    },
    onSuccess: (after) => {
      spread(after);
      onChanged(after);
      setOpen(false);
      toast(askingText.gaveBack(by));
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{askingText.giveBack}</Button>
      {open && (
        <ReasonSheet
          open
          title={askingText.giveBackTitle}
          explains={askingText.giveBackExplains(by)}
          action={askingText.giveBack}
          busy={give.isPending}
          problem={give.error ? asProblem(give.error) : null}
          onClose={() => setOpen(false)}
          onReason={(reason) => give.mutate(reason)}
        />
      )}
    </>
  );
}

function Withdraw({ quote, onChanged }: Omit<AskCardProps, "flush">) {
  const spread = useQuoteChanged();
  const withdraw = useMutation({
    mutationFn: () =>
      read(client.POST("/api/quotes/{id}/ask/withdraw", { params: { path: { id: quote.id } }, body: {} })),
    onSuccess: (after) => {
      spread(after);
      onChanged(after);
      toast(askingText.withdrawn);
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  return (
    <Button busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
      {askingText.withdraw}
    </Button>
  );
}
