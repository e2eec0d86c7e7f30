import { useRight } from "../../api/session";
import type { Customer } from "../../api/types";
import { formatDay, formatWan } from "../../parts/format";
import { customersText } from "../../text/customers";
import styles from "./Customer.module.css";

/** What hangs on this customer, in three figures; of what one does not see nothing is said, not that there is none. */
export function CustomerFigures({ customer }: { customer: Customer }) {
  const { quotes_open, orders_12m, last_order_day } = customer.figures;
  const seesQuotes = useRight("quote.read");
  const seesOrders = [useRight("order.read"), useRight("price.read")].every(Boolean);
  if (!seesQuotes && !seesOrders) return null;
  return (
    <dl className={styles.figures}>
      {seesQuotes && (
        <div>
          <dt>{customersText.openQuotes}</dt>
          <dd>{formatWan(quotes_open.net)}</dd>
          <dd className={styles.small}>{customersText.count(quotes_open.count)}</dd>
        </div>
      )}
      {seesOrders && (
        <>
          <div>
            <dt>{customersText.orders12m}</dt>
            <dd>{formatWan(orders_12m.net)}</dd>
            <dd className={styles.small}>{customersText.count(orders_12m.count)}</dd>
          </div>
          <div>
            <dt>{customersText.lastOrder}</dt>
            <dd>{last_order_day === null ? customersText.never : formatDay(last_order_day)}</dd>
          </div>
        </>
      )}
    </dl>
  );
}
