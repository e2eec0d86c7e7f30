import type { Order } from "../../api/types";
import { formatBytes } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { ordersText } from "../../text/orders";
import styles from "./OrderPage.module.css";

/** The paper that the customer signed; only for those who may see it. */
export function ConsentCard({ order }: { order: Order }) {
  const { consent } = order;
  if (consent == null) return null;
  const address = `/api/orders/${order.id}/consent`;
  return (
    <a className={styles.consent} href={address} target="_blank" rel="noreferrer" data-noprint>
      {consent.mime.startsWith("image/") ? (
        <img src={address} alt="" loading="lazy" />
      ) : (
        <span className={styles.file}>
          <Icon name="file" size={24} />
        </span>
      )}
      <span>
        <b>{order.by_link ? ordersText.acceptance : ordersText.consent}</b>
        {!order.by_link && (
          <small>
            {consent.name} · {formatBytes(consent.bytes)}
          </small>
        )}
      </span>
      <Icon name="external" size={18} />
    </a>
  );
}
