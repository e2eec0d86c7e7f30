import styles from "./EditorHead.module.css";
import { RowSaveMark } from "./RowSaveMark";
import { StepButtons } from "./StepButtons";
import type { DraftRows } from "./useDraftRows";

interface EditorHeadProps {
  rows: DraftRows;
  editable: boolean;
  hint?: string;
}

/** On top of an editor: what its rows mean, the way back, and whether all is saved. */
export function EditorHead({ rows, editable, hint }: EditorHeadProps) {
  const { book, view, status } = rows;
  return (
    <div className={styles.head}>
      {hint !== undefined && <p>{hint}</p>}
      {editable && (
        <div className={styles.tools}>
          <StepButtons undo={view.undo} redo={view.redo} onUndo={book.undo} onRedo={book.redo} />
          <RowSaveMark status={status} refused={view.faults.size} onRetry={() => book.saver.retry()} />
        </div>
      )}
    </div>
  );
}
