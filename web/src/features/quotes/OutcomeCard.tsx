import { Link } from "@tanstack/react-router";
import type { Quote } from "../../api/types";
import { buttonClass } from "../../parts/Button";
import { formatDay, formatMoment } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";
import styles from "./OutcomeCard.module.css";

/** How the quotation ended: signed into an order, or cancelled for a reason. */
export function OutcomeCard({ quote }: { quote: Quote }) {
  const { signed, cancelled } = quote;
  if (signed) {
    return (
      <section className={`${styles.card} ${styles.good}`}>
        <Icon name="check" size={22} />
        <div className={styles.text}>
          <b>{quotesText.signed(signed.order.number)}</b>
          <p>{quotesText.signedBy(signed.signer, formatDay(signed.day))}</p>
          <p>{quotesText.recordedBy(signed.by.name, formatMoment(signed.at))}</p>
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
        <p>{cancelled.reason}</p>
      </div>
    </section>
  );
}
