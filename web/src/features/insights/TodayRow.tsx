import { Link, type LinkProps } from "@tanstack/react-router";
import type { TodayItem } from "../../api/types";
import { formatAgo, formatDay, formatMoney } from "../../parts/format";
import { Icon, type IconName } from "../../parts/Icon";
import { insightsText } from "../../text/insights";
import styles from "./TodayPage.module.css";

const ICONS: Record<string, IconName> = {
  urgent: "warning",
  waiting: "clock",
  good: "check",
  info: "info",
};

function linkOf({ kind, id }: TodayItem["link"]): LinkProps {
  switch (kind) {
    case "quote":
      return { to: "/quotes/$quoteId", params: { quoteId: String(id) } };
    case "order":
      return { to: "/orders/$orderId", params: { orderId: String(id) } };
    case "customer":
      return { to: "/customers/$customerId", params: { customerId: String(id) } };
    case "draft":
      return { to: "/config/drafts/$draftId", params: { draftId: String(id) } };
    case "item":
      return { to: "/config/items/$itemId", params: { itemId: String(id) } };
    default:
      return { to: "/" };
  }
}

/** One thing of today: what it is, what hangs on it, and the way there. */
export function TodayRow({ item }: { item: TodayItem }) {
  return (
    <li>
      <Link {...linkOf(item.link)} className={styles.row}>
        <span className={`${styles.mark} ${styles[item.tone]}`}>
          <Icon name={ICONS[item.tone] ?? "info"} size={18} />
        </span>
        <span className={styles.text}>
          <b>{item.sentence}</b>
          {item.detail !== "" && <small>{item.detail}</small>}
        </span>
        <span className={styles.side}>
          {item.net !== null && <b>{formatMoney(item.net)}</b>}
          {item.due_day !== null ? (
            <small className={styles.due}>{insightsText.due(formatDay(item.due_day))}</small>
          ) : (
            item.at !== null && <small>{formatAgo(item.at)}</small>
          )}
        </span>
      </Link>
    </li>
  );
}
