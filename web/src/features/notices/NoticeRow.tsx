import type { Notice } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { formatAgo, formatMoney } from "../../parts/format";
import { IconButton } from "../../parts/IconButton";
import { RecordLink } from "../../parts/RecordLink";
import { taskText } from "../../text/tasks";
import styles from "./Notices.module.css";

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
  return (
    <li className={notice.read ? styles.row : `${styles.row} ${styles.fresh}`}>
      <div className={styles.text}>
        <b>{notice.text}</b>
        <span className={styles.about}>
          <span>{taskText.kinds[notice.kind]}</span>
          {!notice.read && <Badge tone="info">{taskText.isNew}</Badge>}
          <RecordLink about={notice.about} onOpen={onOpen} />
          {notice.owner != null && <span>{taskText.holder(notice.owner)}</span>}
          {notice.net != null && <span>{formatMoney(notice.net)}</span>}
          <span>{formatAgo(notice.shown_at)}</span>
        </span>
      </div>
      {!notice.read && mayMark && (
        <IconButton quiet icon="check" label={taskText.readOne(notice.text)} onClick={onOpen} />
      )}
    </li>
  );
}
