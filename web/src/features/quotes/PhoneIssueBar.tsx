import type { Totals } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { quotesText } from "../../text/quotes";
import styles from "./PhoneIssueBar.module.css";

interface PhoneIssueBarProps {
  totals: Totals;
  count: number;
  stale: boolean;
  ready: boolean;
  busy: boolean;
  onIssue: () => void;
}

/** The total and the one button, always under the thumb. */
export function PhoneIssueBar({ totals, count, stale, ready, busy, onIssue }: PhoneIssueBarProps) {
  return (
    <div className={styles.bar}>
      <div className={stale ? styles.stale : undefined} aria-live="polite">
        <span className={styles.count}>
          {quotesText.gross} · {quotesText.lines(count)}
        </span>
        <span className={`${styles.total} number`}>{formatMoney(totals.net)}</span>
      </div>
      <Button look="primary" busy={busy} disabled={!ready} onClick={onIssue}>
        {quotesText.issue}
      </Button>
    </div>
  );
}
