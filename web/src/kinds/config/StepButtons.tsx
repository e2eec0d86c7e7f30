import { IconButton } from "../../parts/IconButton";
import { pricesText } from "../../text/prices";
import styles from "./StepButtons.module.css";

interface StepButtonsProps {
  /** What would be taken back, and what would be done again. */
  undo: string | null;
  redo: string | null;
  onUndo: () => void;
  onRedo: () => void;
}

/** One step back and one forth; each says what it would do. */
export function StepButtons({ undo, redo, onUndo, onRedo }: StepButtonsProps) {
  return (
    <span className={styles.steps}>
      <IconButton
        icon="undo"
        label={undo === null ? pricesText.undo : pricesText.undoStep(undo)}
        disabled={undo === null}
        onClick={onUndo}
      />
      <span className={styles.turned}>
        <IconButton
          icon="undo"
          label={redo === null ? pricesText.redo : pricesText.redoStep(redo)}
          disabled={redo === null}
          onClick={onRedo}
        />
      </span>
    </span>
  );
}
