import { useState } from "react";
import styles from "./TierEditor.module.css";

interface PercentInputProps {
  label: string;
  value: string;
  disabled: boolean;
  read: (text: string) => string | null;
  onPercent: (percent: string) => void;
}

/** A share in percent: taken when the field is left; a broken one turns back. */
export function PercentInput({ label, value, disabled, read, onPercent }: PercentInputProps) {
  const [text, setText] = useState<string | null>(null);
  const percent = text === null ? value : read(text);
  return (
    <span className={styles.percent}>
      <input
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={percent === null}
        disabled={disabled}
        maxLength={8}
        value={text ?? value}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (percent !== null && percent !== value) onPercent(percent);
          setText(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
      %
    </span>
  );
}
