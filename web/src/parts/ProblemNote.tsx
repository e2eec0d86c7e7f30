import type { Problem } from "../api/problem";
import { Icon } from "./Icon";
import styles from "./ProblemNote.module.css";
import { TraceId } from "./TraceId";

/** A refusal beside the thing it is about; a fault of the server also shows its trace id, small beneath. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <div className={styles.note} role="alert">
      <Icon name={problem.offline ? "unplugged" : "warning"} size={18} />
      <div>
        <p>{problem.message}</p>
        {problem.status >= 500 && problem.traceId && <TraceId id={problem.traceId} />}
      </div>
    </div>
  );
}
