import type { Totals } from "../api/types";
import { quotesText } from "../text/quotes";
import { formatMoney } from "./format";
import type { Piece } from "./reductions";
import styles from "./TotalsList.module.css";

interface TotalsListProps {
  totals: Totals;
  /** What the goods come to and what is taken off, where anything is. */
  pieces?: Piece[];
  /** Newer ones are on their way. */
  stale?: boolean;
}

/** The sums of a document from the goods down to the three totals, so that each follows from those above it. */
export function TotalsList({ totals, pieces = [], stale = false }: TotalsListProps) {
  return (
    <dl
      className={stale ? `${styles.totals} ${styles.stale}` : styles.totals}
      aria-live="polite"
      aria-busy={stale}
    >
      {pieces.map((piece) => (
        <div key={piece.label}>
          <dt>{piece.label}</dt>
          <dd>{piece.amount}</dd>
        </div>
      ))}
      <div>
        <dt>{quotesText.netExTax}</dt>
        <dd>{formatMoney(totals.net_ex_tax)}</dd>
      </div>
      <div>
        <dt>{quotesText.tax}</dt>
        <dd>{formatMoney(totals.tax)}</dd>
      </div>
      <div className={styles.gross}>
        <dt>{quotesText.gross}</dt>
        <dd>{formatMoney(totals.net)}</dd>
      </div>
    </dl>
  );
}
