import { Button } from "../../../parts/Button";
import { IconButton } from "../../../parts/IconButton";
import { configText } from "../../../text/config";
import { pricesText } from "../../../text/prices";
import { RowSaveMark } from "../RowSaveMark";
import type { RowSaverStatus } from "../RowSaver";
import styles from "./PhoneTools.module.css";

interface PhoneToolsProps {
  undo: string | null;
  redo: string | null;
  status: RowSaverStatus;
  onBack: (which: "undo" | "redo") => void;
  onBulk: () => void;
  onAdd: () => void;
  onRetry: () => void;
}

/** What a thumb needs for all cards. */
export function PhoneTools({ undo, redo, status, onBack, onBulk, onAdd, onRetry }: PhoneToolsProps) {
  return (
    <div className={styles.tools}>
      <IconButton
        icon="undo"
        label={undo === null ? pricesText.undo : pricesText.undoStep(undo)}
        disabled={undo === null}
        onClick={() => onBack("undo")}
      />
      <span className={styles.turned}>
        <IconButton
          icon="undo"
          label={redo === null ? pricesText.redo : pricesText.redoStep(redo)}
          disabled={redo === null}
          onClick={() => onBack("redo")}
        />
      </span>
      <RowSaveMark status={status} onRetry={onRetry} />
      <span className={styles.end}>
        <IconButton icon="plus" label={configText.addRow} onClick={onAdd} />
        <Button onClick={onBulk}>{pricesText.bulk}</Button>
      </span>
    </div>
  );
}
