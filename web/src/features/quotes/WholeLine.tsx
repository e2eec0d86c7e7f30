import { useState } from "react";
import type { Quote, QuoteOptions } from "../../api/types";
import { Button } from "../../parts/Button";
import { MarginRow } from "../../parts/MarginRow";
import { agreeingText } from "../../text/agreeing";
import styles from "./Agreeing.module.css";
import type { DraftDoc } from "./draftModel";
import type { ChangeDraft } from "./useQuoteDraft";
import { WholeSheet } from "./WholeSheet";

interface WholeLineProps {
  doc: DraftDoc;
  quote: Quote;
  options: QuoteOptions | undefined;
  change: ChangeDraft;
}

/** The way to take something off the whole, how far one may go, and (by right) what is earned. */
export function WholeLine({ doc, quote, options, change }: WholeLineProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.whole}>
      <MarginRow margin={marginOf(quote)} />
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

/** What the document earns, by right; a document without lines earns nothing yet. */
export const marginOf = (quote: Quote) => (quote.lines.length === 0 ? undefined : quote.margin);
