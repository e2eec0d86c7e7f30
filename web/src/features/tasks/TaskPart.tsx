import { type ReactNode, useState } from "react";
import { asProblem } from "../../api/problem";
import type { Task } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoment } from "../../parts/format";
import { ProblemNote } from "../../parts/ProblemNote";
import { ReasonSheet } from "../../parts/ReasonSheet";
import { taskText } from "../../text/tasks";
import { countdown, spanText } from "./countdown";
import { FinishSheet } from "./FinishSheet";
import { HandOverSheet } from "./HandOverSheet";
import styles from "./Tasks.module.css";
import { useTaskActs } from "./taskApi";

interface TaskPartProps {
  task: Task;
  now: number;
  /** The record and whose it is, where they do not stand above several tasks already. */
  about: ReactNode;
}

type Doing = "finish" | "refuse" | "hand_over" | null;

/** One task: what, until when, why, and what one may do with it. */
export function TaskPart({ task, now, about }: TaskPartProps) {
  const [doing, setDoing] = useState<Doing>(null);
  const acts = useTaskActs(task, () => setDoing(null));
  const open = task.state === "open";
  const { text, urgency } = countdown(task.created_at, task.due_at, now);
  const may = (act: string) => task.actions.includes(act);
  return (
    <div className={open ? `${styles.part} ${styles[urgency] ?? ""}` : styles.part}>
      <div className={styles.head}>
        <b className={styles.text}>{task.text}</b>
        <span className={styles.time}>{open ? text : taskText.states[task.state]}</span>
      </div>
      <div className={styles.about}>
        {about}
        <span>{taskText.byRule(task.rule_name)}</span>
        {open && <span>{taskText.due(formatMoment(task.due_at))}</span>}
      </div>
      {task.warning && <p className={styles.warning}>{task.warning}</p>}
      {task.late_ms >= 60_000 && <p className={styles.warning}>{taskText.late(spanText(task.late_ms))}</p>}
      {!open && <Settled task={task} />}
      <div className={styles.acts}>
        {may("finish") && (
          <Button look="primary" onClick={() => setDoing("finish")}>
            {taskText.finish}
          </Button>
        )}
        {may("hand_over") && <Button onClick={() => setDoing("hand_over")}>{taskText.handOver}</Button>}
        {may("refuse") && <Button onClick={() => setDoing("refuse")}>{taskText.refuse}</Button>}
        {may("reopen") && (
          <Button icon="undo" busy={acts.reopen.isPending} onClick={() => acts.reopen.mutate()}>
            {taskText.reopen}
          </Button>
        )}
      </div>
      {acts.reopen.error && <ProblemNote problem={asProblem(acts.reopen.error)} />}
      {doing === "finish" && <FinishSheet task={task} finish={acts.finish} onClose={() => setDoing(null)} />}
      {doing === "hand_over" && (
        <HandOverSheet task={task} handOver={acts.handOver} onClose={() => setDoing(null)} />
      )}
      <ReasonSheet
        open={doing === "refuse"}
        title={taskText.refuseTitle}
        explains={taskText.refuseExplains}
        action={taskText.refuseAction}
        busy={acts.refuse.isPending}
        problem={acts.refuse.error ? asProblem(acts.refuse.error) : null}
        onClose={() => setDoing(null)}
        onReason={(reason) => acts.refuse.mutate(reason)}
      />
    </div>
  );
}

/** What came out, by whom and when. */
function Settled({ task }: { task: Task }) {
  const when = task.settled_at === null ? "" : formatMoment(task.settled_at);
  const who = task.settled_by;
  return (
    <>
      <p className={styles.note}>
        {who === null
          ? taskText.settledItself(when)
          : taskText.settledBy(taskText.states[task.state] ?? "", who, when)}
      </p>
      {task.note !== "" && <p className={styles.note}>{taskText.note(task.note)}</p>}
      {task.file_name !== null && (
        <div className={styles.about}>
          <a href={`/api/tasks/${task.id}/file`} target="_blank" rel="noreferrer">
            {taskText.proofFile}
          </a>
        </div>
      )}
    </>
  );
}
