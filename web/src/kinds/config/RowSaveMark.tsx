import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import styles from "./RowSaveMark.module.css";
import type { RowSaverStatus } from "./RowSaver";

interface RowSaveMarkProps {
  status: RowSaverStatus;
  /** Rows with something in them that was not taken. */
  refused?: number;
  onRetry: () => void;
}

/** Whether the rows are safe on the server. */
export function RowSaveMark({ status, refused = 0, onRetry }: RowSaveMarkProps) {
  const failed = status.state === "failed";
  const left = status.state === "saved" && refused > 0;
  return (
    <>
      <span className={failed || left ? styles.failed : styles.quiet} role="status">
        {(failed || left) && <Icon name="warning" size={16} />}
        {status.state === "saved" && !left && <Icon name="check" size={14} />}
        {left ? configText.save.refused(refused) : (status.problem?.message ?? configText.save[status.state])}
      </span>
      {failed && (
        <Button look="text" small onClick={onRetry}>
          {baseText.retry}
        </Button>
      )}
    </>
  );
}
