import { quotesText } from "../text/quotes";
import { daysBetween, formatDay, today } from "./format";
import styles from "./Validity.module.css";

/** So many days before its end a quotation needs an eye. */
export const SOON_DAYS = 3;

/** The last valid day of an issued quotation, with the days that are left once they are few. */
export function Validity({ until, open }: { until: string; open: boolean }) {
  const left = daysBetween(today(), until);
  const day = formatDay(until);
  if (!open || left > SOON_DAYS) return <span className="number">{day}</span>;
  if (left < 0) return <span className={styles.late}>{quotesText.expiredAgo(day, -left)}</span>;
  return (
    <span className={styles.soon}>
      {left === 0 ? quotesText.expiresToday(day) : quotesText.expiresIn(day, left)}
    </span>
  );
}
