import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem, repricedOf } from "../../api/problem";
import type { Quote, StoredFile } from "../../api/types";
import { Button, buttonClass } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { FileDrop } from "../../parts/FileDrop";
import { dayOf, today } from "../../parts/format";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { useTyped } from "../../parts/useTyped";
import { baseText } from "../../text/base";
import { quotesText } from "../../text/quotes";
import { RepricedTable } from "./RepricedTable";
import { type QuoteActions, useQuoteChanged } from "./useQuoteActions";

const DayInput = lazy(() => import("../../parts/DayInput").then((file) => ({ default: file.DayInput })));

/** Records the customer's consent: the paper, the day, the person; an order comes out, once. */
export function SignSheet({
  quote,
  acts,
  onClose,
}: {
  quote: Quote;
  acts: QuoteActions;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const changed = useQuoteChanged();
  const [day, setDay] = useState(today());
  const [signer, setSigner] = useState(quote.customer.contact);
  const [file, setFile] = useState<StoredFile | null>(null);
  const typed = useTyped([day, signer, file]);
  const [asked, setAsked] = useState(false);
  const sign = useMutation({
    mutationFn: (stored: StoredFile) =>
      read(
        client.POST("/api/quotes/{id}/sign", {
          params: { path: { id: quote.id } },
          body: { signed_day: day, signer: signer.trim(), file: stored.file },
        }),
      ),
    onSuccess: (done) => {
      changed(done.quote);
      toast(quotesText.signed(done.order.number));
      navigate({ to: "/orders/$orderId", params: { orderId: String(done.order.id) } });
    },
  });
  const problem = sign.error ? asProblem(sign.error) : null;
  const repriced = problem ? repricedOf(problem) : null;
  const order =
    problem?.code === "already_signed" || problem?.code === "page_used"
      ? (problem.facts.order as { id: number } | null | undefined)
      : undefined;
  const send = () => {
    setAsked(true);
    if (file && signer.trim() !== "") sign.mutate(file);
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={quotesText.signTitle}
      typed={typed}
      size={560}
      footer={
        repriced ? (
          <>
            <Button onClick={onClose}>{baseText.close}</Button>
            <Button look="primary" busy={acts.revise.isPending} onClick={() => acts.revise.mutate()}>
              {quotesText.revise}
            </Button>
          </>
        ) : (
          <SheetActs onClose={onClose} busy={sign.isPending} onClick={send}>
            {quotesText.signSave}
          </SheetActs>
        )
      }
    >
      <div style={{ display: "grid", gap: 16 }}>
        <p style={{ color: "var(--ink-2)" }}>{quotesText.signExplains}</p>
        <FileDrop
          label={quotesText.signFile}
          hint={quotesText.signFileHint}
          accept="image/*,application/pdf"
          error={asked && !file ? quotesText.signFileMissing : undefined}
          onStored={setFile}
        />
        <TextField
          label={quotesText.signer}
          hint={quotesText.signerHint}
          error={asked && signer.trim() === "" ? quotesText.signerMissing : undefined}
          value={signer}
          maxLength={40}
          onChange={(event) => setSigner(event.target.value)}
        />
        <Suspense>
          <DayInput
            label={quotesText.signDay}
            value={day}
            min={quote.issued_at === null ? undefined : dayOf(quote.issued_at)}
            max={today()}
            onChange={(chosen) => setDay(chosen ?? today())}
          />
        </Suspense>
        {problem && <ProblemNote problem={problem} />}
        {repriced && <RepricedTable repriced={repriced} />}
        {order && (
          <Link to="/orders/$orderId" params={{ orderId: String(order.id) }} className={buttonClass("plain")}>
            {quotesText.openOrder}
          </Link>
        )}
      </div>
    </Sheet>
  );
}
