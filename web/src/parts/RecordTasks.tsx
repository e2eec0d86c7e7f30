import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { client, read } from "../api/client";
import { taskText } from "../text/tasks";
import { Card } from "./Card";
import { formatMoment, serverNow } from "./format";
import styles from "./RecordTasks.module.css";

/** The open tasks of a quotation that one sees; nothing where there are none. */
export function RecordTasks({ quote }: { quote: number }) {
  const query = useQuery({
    queryKey: ["tasks", "of quote", quote],
    queryFn: ({ signal }) =>
      read(client.GET("/api/tasks", { params: { query: { quote, whose: "all", limit: 20 } }, signal })),
  });
  const tasks = query.data?.items ?? [];
  if (tasks.length === 0) return null;
  return (
    <Card title={taskText.tasks} flush>
      <ul className={styles.list}>
        {tasks.map((task) => (
          <li key={task.id}>
            <Link
              to="/tasks"
              className={task.due_at < serverNow() ? `${styles.task} ${styles.over}` : styles.task}
            >
              <b>{task.text}</b>
              <small>
                {taskText.holder(task.holder.name)} ·{" "}
                <span className={styles.due}>{taskText.due(formatMoment(task.due_at))}</span>
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
