import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import styles from "./RowSaveMark.module.css";
import type { RowSaverStatus } from "./RowSaver";

/** Whether the rows are safe on the server. */
export function RowSaveMark({ status, onRetry }: { status: RowSaverStatus; onRetry: () => void }) {
  const failed = status.state === "failed";
  return (
    <>
      <span className={failed ? styles.failed : styles.quiet} role="status">
        {failed && <Icon name="warning" size={16} />}
        {status.state === "saved" && <Icon name="check" size={14} />}
        {status.problem ? status.problem.message : configText.save[status.state]}
      </span>
      {failed && (
        <Button look="text" small onClick={onRetry}>
          {baseText.retry}
        </Button>
      )}
    </>
  );
}
