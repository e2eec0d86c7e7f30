import type { Notice } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { formatAgo, formatMoney } from "../../parts/format";
import { IconButton } from "../../parts/IconButton";
import { RecordLink } from "../../parts/RecordLink";
import { quoteNames } from "../../text/quoteNames";
import { taskText } from "../../text/tasks";
import styles from "./Notices.module.css";

const ENDED = ["signed", "cancelled", "superseded"] as const;

/** Where the quotation stands that a message still speaks of as if it waited; null where that says it itself. */
function overBy({ kind, state }: Pick<Notice, "kind" | "state">): string | null {
  const ended = ENDED.find((one) => one === state);
  return ended && kind !== "accepted" ? quoteNames.states[ended] : null;
}

/** One message: what it says, about what, whose and how much, when; opening its record reads it. */
export function NoticeRow({
  notice,
  mayMark = true,
  onOpen,
}: {
  notice: Notice;
  mayMark?: boolean;
  onOpen: () => void;
}) {
  const over = overBy(notice);
  return (
    <li className={notice.read ? styles.row : `${styles.row} ${styles.fresh}`}>
      <div className={styles.text}>
        <b>{notice.text}</b>
        <span className={styles.about}>
          <span>{taskText.kinds[notice.kind]}</span>
          {!notice.read && <Badge tone="info">{taskText.isNew}</Badge>}
          {over !== null && <Badge>{over}</Badge>}
          <RecordLink about={notice.about} onOpen={onOpen} />
          {notice.owner != null && <span>{taskText.holder(notice.owner)}</span>}
          {notice.net != null && (
            <span>
              {notice.state === "draft" ? taskText.now(formatMoney(notice.net)) : formatMoney(notice.net)}
            </span>
          )}
          <span>{formatAgo(notice.shown_at)}</span>
        </span>
      </div>
      {!notice.read && mayMark && (
        <IconButton quiet icon="check" label={taskText.readOne(notice.text)} onClick={onOpen} />
      )}
    </li>
  );
}
