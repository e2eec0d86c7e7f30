import type { QuoteRow } from "../api/types";
import { quotesText } from "../text/quotes";
import { daysBetween, formatDay, today } from "./format";
import { QuoteState } from "./QuoteState";
import { SOON_DAYS } from "./Validity";
import styles from "./Validity.module.css";

/** Where a quotation of a list stands, in a row of a phone; while the customer may still sign, with its last valid day. */
export function QuoteStanding({ row }: { row: Pick<QuoteRow, "state" | "valid_until" | "repriced"> }) {
  const left = daysBetween(today(), row.valid_until);
  if (row.repriced) return <Repriced state={row.state} />;
  if (row.state !== "issued" || left < 0) return <QuoteState state={row.state} />;
  return (
    <span className={styles.standing}>
      <span className={left <= SOON_DAYS ? styles.soon : undefined}>
        {left === 0 ? quotesText.endsToday : quotesText.endsOn(formatDay(row.valid_until))}
      </span>
      <QuoteState state={row.state} />
    </span>
  );
}

/** A draft for whose goods there are new prices: its sum is that of before. */
export function Repriced({ state }: Pick<QuoteRow, "state">) {
  return (
    <span className={styles.standing}>
      <span className={styles.soon}>{quotesText.repriced}</span>
      <QuoteState state={state} />
    </span>
  );
}
