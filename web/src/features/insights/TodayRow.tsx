import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import { checksQuery } from "../../api/checks";
import type { TodayItem } from "../../api/types";
import { daysBetween, formatAgo, formatDay, formatMoney, today } from "../../parts/format";
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
    case "backups":
      return { to: "/backups" };
    default:
      return { to: "/" };
  }
}

/** How many prices of the draft ask for a look of their own; nothing while that is not known, or none does. */
function ToAcknowledge({ draftId }: { draftId: number }) {
  const count = useQuery(checksQuery(draftId)).data?.risks.count ?? 0;
  return count > 0 && <small className={styles.risks}>{insightsText.risks(count)}</small>;
}

/** When it ends, or how long ago it did. */
function dueReads(day: string): string {
  const over = daysBetween(day, today());
  return over > 0 ? insightsText.overdue(over) : insightsText.due(formatDay(day));
}

/** One thing of today: what it is, what hangs on it, and the way there. */
export function TodayRow({ item, onOpen }: { item: TodayItem; onOpen?: (item: TodayItem) => void }) {
  return (
    <li>
      <Link {...linkOf(item.link)} className={styles.row} onClick={() => onOpen?.(item)}>
        <span className={`${styles.mark} ${styles[item.tone]}`}>
          <Icon name={ICONS[item.tone] ?? "info"} size={18} />
        </span>
        <span className={styles.text}>
          <b>{item.sentence}</b>
          {item.detail !== "" && <small>{item.detail}</small>}
          {item.kind === "config_confirm" && <ToAcknowledge draftId={item.link.id} />}
        </span>
        <span className={styles.side}>
          {item.net !== null && <b>{formatMoney(item.net)}</b>}
          {item.due_day !== null ? (
            <small className={styles.due}>{dueReads(item.due_day)}</small>
          ) : (
            item.at !== null && <small>{formatAgo(item.at)}</small>
          )}
        </span>
      </Link>
    </li>
  );
}
