import { type FocusEvent, useState } from "react";
import { trimZeros } from "../../parts/format";
import styles from "./RowsEditor.module.css";
import type { RowColumn } from "./rowColumns";

interface RowFieldProps {
  column: RowColumn;
  row: string;
  value: string;
  editable: boolean;
  onValue: (value: string) => void;
  /** What was typed means nothing: it stays to be corrected, the row says why. */
  onBad: () => void;
  /** What was refused means something now: what the row has already. */
  onGood: () => void;
  onFocus: () => void;
}

/** One field of one row, taken when it is left. */
export function RowField({ column, row, value, editable, onValue, onBad, onGood, onFocus }: RowFieldProps) {
  const [text, setText] = useState<string | null>(null);
  const now = column.long || column.words ? value : trimZeros(value);
  if (column.long && !editable) return <p className={styles.text}>{value}</p>;
  const leave = () => {
    if (text === null) return;
    const meant = column.read(text);
    if (meant === null) return onBad();
    if (meant !== now) onValue(meant);
    else onGood();
    setText(null);
  };
  const shared = {
    disabled: !editable,
    maxLength: column.letters,
    value: text ?? now,
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
    onBlur: leave,
  };
  if (column.long)
    return (
      <textarea
        rows={2}
        className={styles.area}
        aria-label={column.labelOf(row)}
        {...shared}
        onFocus={onFocus}
      />
    );
  return (
    <span className={column.words ? `${styles.figure} ${styles.words}` : styles.figure}>
      {column.before}
      <input
        inputMode={column.words ? "text" : "decimal"}
        autoComplete="off"
        placeholder={column.empty}
        aria-label={column.labelOf(row)}
        aria-invalid={text !== null && column.read(text) === null}
        {...shared}
        onFocus={(event: FocusEvent<HTMLInputElement>) => {
          event.target.select();
          onFocus();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
      {column.after}
    </span>
  );
}
