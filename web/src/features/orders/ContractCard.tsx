import type { Order } from "../../api/types";
import { Icon } from "../../parts/Icon";
import { ordersText } from "../../text/orders";
import styles from "./OrderPage.module.css";

/** The contract of the order as a PDF to be stamped by both sides; only for those who see prices. */
export function ContractCard({ order }: { order: Order }) {
  if (order.totals == null) return null;
  return (
    <a
      className={styles.consent}
      href={`/api/orders/${order.id}/contract`}
      target="_blank"
      rel="noreferrer"
      data-noprint
    >
      <span className={styles.file}>
        <Icon name="file" size={24} />
      </span>
      <span>
        <b>{ordersText.contract}</b>
        <small>{ordersText.contractHint}</small>
      </span>
      <Icon name="external" size={18} />
    </a>
  );
}
