import { Link } from "@tanstack/react-router";
import type { Quote } from "../../api/types";
import { buttonClass } from "../../parts/Button";
import { formatDay, formatMoment, formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";
import { shareText } from "../../text/share";
import styles from "./OutcomeCard.module.css";

/** How the quotation ended: signed into an order, or cancelled for a reason. */
export function OutcomeCard({ quote }: { quote: Quote }) {
  const { signed, cancelled, lost } = quote;
  if (signed) {
    return (
      <section className={`${styles.card} ${styles.good}`}>
        <Icon name="check" size={22} />
        <div className={styles.text}>
          <b>{quotesText.signed(signed.order.number)}</b>
          <p>
            {signed.by_link
              ? quotesText.acceptedBy(signed.signer, formatMoment(signed.at))
              : quotesText.signedBy(signed.signer, formatDay(signed.day))}
          </p>
          <p>
            {signed.by_link
              ? quotesText.codeBy(signed.by.name)
              : quotesText.recordedBy(signed.by.name, formatMoment(signed.at))}
          </p>
        </div>
        <Link
          to="/orders/$orderId"
          params={{ orderId: String(signed.order.id) }}
          className={buttonClass("primary")}
        >
          {quotesText.openOrder}
        </Link>
      </section>
    );
  }
  if (!cancelled) return null;
  return (
    <section className={styles.card}>
      <Icon name="close" size={22} />
      <div className={styles.text}>
        <b>{quotesText.cancelled(cancelled.by.name, formatMoment(cancelled.at))}</b>
        {lost && <p>{shareText.lost(lost.why_name)}</p>}
        {lost?.competitor != null && (
          <p>
            {shareText.lostTo(
              lost.competitor,
              lost.competitor_price === null ? null : formatMoney(lost.competitor_price),
            )}
          </p>
        )}
        {lost && lost.competitor === null && lost.competitor_price !== null && (
          <p>{shareText.lostPrice(formatMoney(lost.competitor_price))}</p>
        )}
        {cancelled.reason !== lost?.why_name && <p>{cancelled.reason}</p>}
      </div>
    </section>
  );
}
