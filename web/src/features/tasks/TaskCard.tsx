import type { Task } from "../../api/types";
import { formatMoney } from "../../parts/format";
import { RecordLink } from "../../parts/RecordLink";
import { taskText } from "../../text/tasks";
import { countdown, mostUrgent } from "./countdown";
import { TaskPart } from "./TaskPart";
import styles from "./Tasks.module.css";

interface TaskCardProps {
  /** What one person has to do about one record, what is due first on top. */
  tasks: Task[];
  now: number;
  showHolder: boolean;
}

/** One thing to do: about what, and each reason for it with its own time, done by itself. */
export function TaskCard({ tasks, now, showHolder }: TaskCardProps) {
  const [first] = tasks;
  if (first === undefined) return null;
  const open = first.state === "open";
  const urgency = mostUrgent(tasks.map((task) => countdown(task.created_at, task.due_at, now).urgency));
  const about = (
    <>
      <RecordLink about={first.about} />
      {first.net != null && <b>{formatMoney(first.net)}</b>}
      {showHolder && <span>{taskText.holder(first.holder.name)}</span>}
    </>
  );
  const several = tasks.length > 1;
  return (
    <li className={open ? `${styles.card} ${styles[urgency] ?? ""}` : styles.card}>
      {several && (
        <div className={styles.about}>
          {about}
          <span>{taskText.reasons(tasks.length)}</span>
        </div>
      )}
      {tasks.map((task) => (
        <TaskPart key={task.id} task={task} now={now} about={several ? null : about} />
      ))}
    </li>
  );
}
