import { useState } from "react";
import type { Quote, QuoteOptions } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { MarginRow } from "../../parts/MarginRow";
import { agreeingText } from "../../text/agreeing";
import styles from "./Agreeing.module.css";
import type { DraftDoc } from "./draftModel";
import type { ChangeDraft } from "./useQuoteDraft";
import { WholeSheet } from "./WholeSheet";

const isSome = (amount: string) => !/^0(\.0*)?$/.test(amount);

interface WholeLineProps {
  doc: DraftDoc;
  quote: Quote;
  options: QuoteOptions | undefined;
  change: ChangeDraft;
}

/** What is taken off the whole, how far one may go, and (by right) what is earned. */
export function WholeLine({ doc, quote, options, change }: WholeLineProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.whole}>
      <WholeRead quote={quote} />
      {options && (
        <p className={styles.limit}>
          <b>{agreeingText.limitTitle}</b>
          {options.limit
            ? agreeingText.limit(options.limit.depth, options.limit.rounding)
            : agreeingText.noLimit}
        </p>
      )}
      <Button icon="money" onClick={() => setOpen(true)}>
        {agreeingText.whole}
      </Button>
      {open && (
        <WholeSheet
          doc={doc}
          quote={quote}
          limit={options?.limit ?? null}
          change={change}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** What was taken off the whole document, and (by right) what it earns. */
export function WholeRead({ quote }: { quote: Quote }) {
  const rows = [
    { label: agreeingText.wholeOff, amount: quote.whole_off },
    { label: agreeingText.rounding, amount: quote.rounding_off },
  ].filter((row) => isSome(row.amount));
  return (
    <>
      {rows.map((row) => (
        <p key={row.label} className={styles.money}>
          <span>{row.label}</span>
          <span>{formatMoney(`-${row.amount}`)}</span>
        </p>
      ))}
      <MarginRow margin={quote.lines.length === 0 ? undefined : quote.margin} />
    </>
  );
}
