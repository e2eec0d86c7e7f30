import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { SharedQuote } from "../../api/types";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { sharedPageText } from "../../text/sharedPage";
import styles from "./SharedQuotePage.module.css";

const CODE_DIGITS = 6;
const digitsOf = (text: string) => text.normalize("NFKC").replace(/\D/g, "").slice(0, CODE_DIGITS);

/** Where the form stands on the page. */
export const ACCEPT_ID = "accept";

interface AcceptFormProps {
  token: string;
  quote: SharedQuote;
  onAccepted: () => void;
  /** The answer was lost: whether it was accepted stands on the page. */
  onUnanswered: () => void;
}

/** Whom to ask for the code: called with one press where the quotation names a phone. */
function AskSeller({ quote: { salesperson, salesperson_phone: phone } }: { quote: SharedQuote }) {
  if (phone === "") return <p className={styles.explains}>{sharedPageText.askSeller(salesperson)}</p>;
  return (
    <p className={styles.explains}>
      {sharedPageText.askSeller(salesperson)}
      <a className={styles.call} href={`tel:${phone}`}>
        {sharedPageText.call(phone)}
      </a>
    </p>
  );
}

/** Name and code; together they make the order. */
export function AcceptForm({ token, quote, onAccepted, onUnanswered }: AcceptFormProps) {
  const [signer, setSigner] = useState(quote.contact);
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState(false);
  const accept = useMutation({
    mutationFn: () =>
      read(
        client.POST("/api/public/shares/{token}/accept", {
          params: { path: { token } },
          body: { signer: signer.trim(), code },
        }),
      ),
    onSuccess: onAccepted,
    onError: (error) => {
      if (asProblem(error).unanswered) onUnanswered();
    },
  });
  const nameless = signer.trim() === "";
  const short = code.length !== CODE_DIGITS;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!nameless && !short) accept.mutate();
  };
  return (
    <form id={ACCEPT_ID} className={styles.card} onSubmit={send} noValidate data-noprint>
      <h2 className={styles.title}>{sharedPageText.acceptTitle}</h2>
      <p className={styles.explains}>{sharedPageText.acceptExplains}</p>
      <TextField
        label={sharedPageText.name}
        error={asked && nameless ? sharedPageText.nameMissing : undefined}
        autoComplete="name"
        value={signer}
        maxLength={40}
        onChange={(event) => setSigner(event.target.value)}
      />
      <TextField
        label={sharedPageText.code}
        error={asked && short ? sharedPageText.codeMissing : undefined}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(digitsOf(event.target.value))}
      />
      {accept.error && <ProblemNote problem={asProblem(accept.error)} />}
      <AskSeller quote={quote} />
      <Button look="primary" block type="submit" busy={accept.isPending}>
        {sharedPageText.accept}
      </Button>
    </form>
  );
}
