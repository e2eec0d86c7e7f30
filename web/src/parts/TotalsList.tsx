import type { Totals } from "../api/types";
import { quotesText } from "../text/quotes";
import { formatMoney } from "./format";
import styles from "./TotalsList.module.css";

/** The three totals of a document; `stale` while newer ones are on their way. */
export function TotalsList({ totals, stale = false }: { totals: Totals; stale?: boolean }) {
  return (
    <dl
      className={stale ? `${styles.totals} ${styles.stale}` : styles.totals}
      aria-live="polite"
      aria-busy={stale}
    >
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
