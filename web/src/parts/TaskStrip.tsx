import { Link } from "@tanstack/react-router";
import { taskText } from "../text/tasks";
import { Icon } from "./Icon";
import styles from "./TaskStrip.module.css";
import { useBell } from "./useBell";

/** On top of 今天: what waits for one, and how much of it is overdue; nothing where nothing waits. */
export function TaskStrip() {
  const bell = useBell();
  if (!bell || (bell.open === 0 && bell.unread === 0)) return null;
  return (
    <div className={styles.strip}>
      {bell.open > 0 && (
        <Link to="/tasks" className={bell.overdue > 0 ? `${styles.part} ${styles.over}` : styles.part}>
          <Icon name="clock" size={18} />
          <b>{taskText.strip(bell.open)}</b>
          {bell.overdue > 0 && <span>{taskText.stripOverdue(bell.overdue)}</span>}
          <Icon name="right" size={16} />
        </Link>
      )}
      {bell.unread > 0 && (
        <Link to="/notices" className={styles.part}>
          <Icon name="info" size={18} />
          <b>{taskText.stripUnread(bell.unread)}</b>
          <Icon name="right" size={16} />
        </Link>
      )}
    </div>
  );
}
