import { useState } from "react";
import styles from "./LimitEditor.module.css";

interface FigureInputProps {
  label: string;
  before: string;
  after: string;
  value: string;
  disabled: boolean;
  read: (text: string) => string | null;
  onFigure: (figure: string) => void;
}

/** A figure with its words around it: taken when the field is left; a broken one turns back. */
export function FigureInput({ label, before, after, value, disabled, read, onFigure }: FigureInputProps) {
  const [text, setText] = useState<string | null>(null);
  const figure = text === null ? value : read(text);
  return (
    <span className={styles.figure}>
      {before}
      <input
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={figure === null}
        disabled={disabled}
        maxLength={8}
        value={text ?? value}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (figure !== null && figure !== value) onFigure(figure);
          setText(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
      {after}
    </span>
  );
}
