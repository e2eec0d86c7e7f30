import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useRight } from "../../api/session";
import { EmptyState } from "../../parts/EmptyState";
import { serverNow } from "../../parts/format";
import { Page } from "../../parts/Page";
import { PagedRows } from "../../parts/PagedRows";
import { TabBar } from "../../parts/TabBar";
import { taskText } from "../../text/tasks";
import { TaskCard } from "./TaskCard";
import styles from "./Tasks.module.css";
import { type TaskView, tasksQuery } from "./taskApi";
import { together } from "./together";

const TICK_MS = 15_000;

const EMPTY: Record<TaskView, string> = {
  mine: taskText.emptyMine,
  team: taskText.emptyTeam,
  settled: taskText.emptySettled,
};

/** What one has to do, what is due first on top; for those who manage, what their people have to do. */
export function TasksPage() {
  const manages = useRight("task.manage");
  const [view, setView] = useState<TaskView>("mine");
  const [now, setNow] = useState(serverNow());
  const query = useInfiniteQuery({ ...tasksQuery(view), refetchInterval: 60_000 });
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const counts = query.data?.pages[0];
  const tabs = [
    { key: "mine", word: taskText.mine, count: counts?.open },
    ...(manages ? [{ key: "team", word: taskText.team, count: counts?.team_open ?? undefined }] : []),
    { key: "settled", word: taskText.settled },
  ];
  return (
    <Page title={taskText.tasks} width="record">
      <TabBar
        label={taskText.show}
        tabs={tabs}
        current={view}
        onPick={(key) => setView(tabs.find((tab) => tab.key === key) ? (key as TaskView) : "mine")}
      />
      <PagedRows
        query={query}
        empty={
          <EmptyState
            icon="check"
            title={EMPTY[view]}
            hint={view === "mine" ? taskText.emptyMineHint : undefined}
          />
        }
      >
        {(tasks) => (
          <ul className={styles.list}>
            {together(tasks).map((one) => (
              <TaskCard
                key={one.key}
                tasks={one.tasks}
                now={Math.max(now, serverNow())}
                showHolder={view !== "mine"}
              />
            ))}
          </ul>
        )}
      </PagedRows>
    </Page>
  );
}
