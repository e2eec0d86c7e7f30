import { type FormEvent, lazy, Suspense, useState } from "react";
import type { QuoteTerms } from "../../api/types";
import { Button } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { asDecimal } from "../../parts/format";
import { Sheet } from "../../parts/Sheet";
import { useTyped } from "../../parts/useTyped";
import { agreeingText as words } from "../../text/agreeing";
import styles from "./Agreeing.module.css";

const DayInput = lazy(() => import("../../parts/DayInput").then((file) => ({ default: file.DayInput })));
const TERM_LETTERS = 200;

type Deposit = keyof typeof words.depositWays;
const depositOf = (terms: QuoteTerms): Deposit =>
  terms.deposit_percent ? "percent" : terms.deposit_amount ? "amount" : "none";
const basisOf = (terms: QuoteTerms) =>
  terms.includes_tax === true ? "yes" : terms.includes_tax === false ? "no" : "company";
const TAX = { company: null, yes: true, no: false } as const;

interface TermsSheetProps {
  terms: QuoteTerms;
  onSave: (terms: QuoteTerms) => void;
  onClose: () => void;
}

/** Where and when it is delivered, how it is invoiced and paid. */
export function TermsSheet({ terms: first, onSave, onClose }: TermsSheetProps) {
  const [terms, setTerms] = useState(first);
  const [deposit, setDeposit] = useState<Deposit>(depositOf(first));
  const [figure, setFigure] = useState(first.deposit_percent ?? first.deposit_amount ?? "");
  const [asked, setAsked] = useState(false);
  const typed = useTyped([terms, deposit, figure]);
  const set = (patch: Partial<QuoteTerms>) => setTerms((now) => ({ ...now, ...patch }));
  const sum = asDecimal(figure.replace(/%$/, ""), 2);
  const badFigure = deposit !== "none" && (sum === null || (deposit === "percent" && Number(sum) > 100));
  const save = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (badFigure) return;
    onSave({
      ...terms,
      deposit_percent: deposit === "percent" ? sum : null,
      deposit_amount: deposit === "amount" ? sum : null,
    });
    onClose();
  };
  const text = (label: string, field: TextKey, more?: { hint?: string; tel?: boolean }) => (
    <TextField
      label={label}
      optional
      hint={more?.hint}
      type={more?.tel ? "tel" : "text"}
      maxLength={TERM_LETTERS}
      value={terms[field] ?? ""}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  );
  return (
    <Sheet open onClose={onClose} title={words.terms} size={560} tall typed={typed}>
      <form className={styles.form} onSubmit={save} noValidate>
        {text(words.siteAddress, "site_address")}
        <div className={styles.pair}>
          {text(words.siteContact, "site_contact")}
          {text(words.sitePhone, "site_phone", { tel: true })}
        </div>
        <div className={styles.pair}>
          <Suspense fallback={<div style={{ height: 64 }} />}>
            <DayInput
              label={words.deliveryDay}
              value={terms.delivery_day ?? null}
              clearable
              onChange={(day) => set({ delivery_day: day })}
            />
          </Suspense>
          {text(words.deliveryWords, "delivery_words", { hint: words.deliveryHint })}
        </div>
        <div className={styles.pair}>
          <Choice
            label={words.tax}
            value={basisOf(terms)}
            onChange={(event) => set({ includes_tax: TAX[event.target.value as keyof typeof TAX] })}
          >
            <Options of={words.taxes} />
          </Choice>
          <Choice
            label={words.invoice}
            value={terms.invoice ?? ""}
            onChange={(event) => set({ invoice: event.target.value || null })}
          >
            <option value="">{words.notChosen}</option>
            <Options of={words.invoices} />
          </Choice>
        </div>
        <div className={styles.pair}>
          <Choice
            label={words.payment}
            value={terms.payment ?? ""}
            onChange={(event) => set({ payment: event.target.value || null })}
          >
            <option value="">{words.notChosen}</option>
            <Options of={words.payments} />
          </Choice>
          {text(words.paymentWords, "payment_words")}
        </div>
        <div className={styles.pair}>
          <Choice
            label={words.deposit}
            value={deposit}
            onChange={(event) => setDeposit(event.target.value as Deposit)}
          >
            <Options of={words.depositWays} />
          </Choice>
          {deposit !== "none" && (
            <TextField
              label={deposit === "percent" ? words.depositPercent : words.depositAmount}
              error={
                asked && badFigure ? (deposit === "percent" ? words.badPercent : words.badAmount) : undefined
              }
              inputMode="decimal"
              autoComplete="off"
              maxLength={16}
              value={figure}
              onChange={(event) => setFigure(event.target.value)}
            />
          )}
        </div>
        <Button type="submit" look="primary" block>
          {words.save}
        </Button>
      </form>
    </Sheet>
  );
}

type TextKey = "site_address" | "site_contact" | "site_phone" | "delivery_words" | "payment_words";

function Options({ of }: { of: Record<string, string> }) {
  return Object.entries(of).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
