import { memo } from "react";
import { Button } from "../../../parts/Button";
import { IconButton } from "../../../parts/IconButton";
import { configText } from "../../../text/config";
import { listsText } from "../../../text/lists";
import { pricesText } from "../../../text/prices";
import { RowSaveMark } from "../RowSaveMark";
import type { RowSaverStatus } from "../RowSaver";
import { StepButtons } from "../StepButtons";
import styles from "./GridTools.module.css";

interface GridToolsProps {
  undo: string | null;
  redo: string | null;
  /** How many rows are selected, and how many of them the draft changes. */
  selected: number;
  changed: number;
  status: RowSaverStatus;
  onBack: (which: "undo" | "redo") => void;
  onBulk: () => void;
  onFill: () => void;
  onRevert: () => void;
  onRemove: () => void;
  onOpen: () => void;
  onAdd: () => void;
  onRule: () => void;
  onHelp: () => void;
  onRetry: () => void;
}

/** What can be done with the selected rows, for whoever has a mouse in the hand; every button has its key. */
export const GridTools = memo(function GridTools(props: GridToolsProps) {
  const { undo, redo, selected, changed } = props;
  return (
    <div className={styles.tools} role="toolbar" aria-label={pricesText.grid}>
      <StepButtons
        undo={undo}
        redo={redo}
        onUndo={() => props.onBack("undo")}
        onRedo={() => props.onBack("redo")}
      />
      <span className={styles.line} />
      <Button small onClick={props.onBulk}>
        {pricesText.bulk}
      </Button>
      <Button small look="text" onClick={props.onFill} disabled={selected < 2}>
        {pricesText.fill}
      </Button>
      <Button small look="text" onClick={props.onOpen} disabled={selected !== 1}>
        {pricesText.open}
      </Button>
      <Button small look="text" onClick={props.onRevert} disabled={changed === 0}>
        {pricesText.revert}
      </Button>
      <Button small look="text" onClick={props.onRemove} disabled={selected === 0}>
        {pricesText.remove}
      </Button>
      <Button small look="text" icon="plus" onClick={props.onAdd}>
        {configText.addRow}
      </Button>
      <Button small look="text" icon="plus" onClick={props.onRule}>
        {listsText.addRule}
      </Button>
      <span className={styles.end}>
        <RowSaveMark status={props.status} onRetry={props.onRetry} />
        <IconButton quiet icon="question" label={pricesText.help} onClick={props.onHelp} />
      </span>
    </div>
  );
});
