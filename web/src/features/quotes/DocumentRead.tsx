import type { Quote } from "../../api/types";
import { Card } from "../../parts/Card";
import { DocumentLines } from "../../parts/DocumentLines";
import { MarginRow } from "../../parts/MarginRow";
import { piecesOf } from "../../parts/reductions";
import { TermsRead } from "../../parts/TermsRead";
import { TotalsList } from "../../parts/TotalsList";
import { quotesText } from "../../text/quotes";
import styles from "./DocumentRead.module.css";
import { OptionsCard } from "./OptionsCard";
import { PricesBefore } from "./PricesBefore";
import { marginOf } from "./WholeLine";

/** All that stands in a quotation, to be read: lines, totals, terms and notes. */
export function DocumentRead({ quote, before = false }: { quote: Quote; before?: boolean }) {
  return (
    <>
      <Card title={quotesText.lines(quote.lines.length)} flush>
        <DocumentLines lines={quote.lines} subtotals={quote.subtotals} />
        <div className={styles.totals}>
          <TotalsList totals={quote.totals} pieces={piecesOf(quote)} />
          <MarginRow margin={marginOf(quote)} />
        </div>
      </Card>
      {before && <PricesBefore quote={quote} />}
      <OptionsCard quote={quote} />
      <TermsRead terms={quote.terms} />
      {quote.notes !== "" && (
        <Card title={quotesText.notes}>
          <p className={styles.notes}>{quote.notes}</p>
        </Card>
      )}
    </>
  );
}
