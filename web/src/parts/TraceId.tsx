import { baseText } from "../text/base";
import { copyText } from "./copyText";
import styles from "./TraceId.module.css";

/** The number under which the server's log tells what happened; a press copies it. */
export function TraceId({ id }: { id: string }) {
  return (
    <button type="button" className={styles.trace} onClick={() => copyText(id)} title={baseText.copy}>
      {baseText.traceId} {id}
    </button>
  );
}
