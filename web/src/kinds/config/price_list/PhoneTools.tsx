import { Button } from "../../../parts/Button";
import { IconButton } from "../../../parts/IconButton";
import { configText } from "../../../text/config";
import { pricesText } from "../../../text/prices";
import { RowSaveMark } from "../RowSaveMark";
import type { RowSaverStatus } from "../RowSaver";
import { StepButtons } from "../StepButtons";
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
      <StepButtons undo={undo} redo={redo} onUndo={() => onBack("undo")} onRedo={() => onBack("redo")} />
      <RowSaveMark status={status} onRetry={onRetry} />
      <span className={styles.end}>
        <IconButton icon="plus" label={configText.addRow} onClick={onAdd} />
        <Button onClick={onBulk}>{pricesText.bulk}</Button>
      </span>
    </div>
  );
}
