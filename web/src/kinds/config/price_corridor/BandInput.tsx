import { useState } from "react";
import type { Content } from "../../../api/types";
import { trimZeros } from "../../../parts/format";
import { listsText } from "../../../text/lists";
import styles from "./CorridorEditor.module.css";
import { asPercent } from "./percent";

const words = listsText.corridor;

interface BandInputProps {
  name: string;
  content: Content;
  disabled: boolean;
  onBand: (min: string, max: string) => void;
}

/** Both ends; taken when one leaves the field and they make a band. */
export function BandInput({ name, content, disabled, onBand }: BandInputProps) {
  const now = { min: trimZeros(String(content.min)), max: trimZeros(String(content.max)) };
  const [typed, setTyped] = useState<{ min?: string; max?: string }>({});
  const min = asPercent(typed.min ?? now.min);
  const max = asPercent(typed.max ?? now.max);
  const wrong = min === null || max === null || Number(max) < Number(min);
  const leave = () => {
    if (wrong || min === null || max === null) return;
    if (min !== now.min || max !== now.max) onBand(min, max);
    setTyped({});
  };
  const field = (end: "min" | "max", label: string) => (
    <input
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={wrong || undefined}
      className={styles.percent}
      disabled={disabled}
      maxLength={8}
      value={typed[end] ?? now[end]}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped({ ...typed, [end]: event.target.value })}
      onBlur={leave}
    />
  );
  return (
    <span className={styles.band} title={wrong ? words.bad : undefined}>
      {field("min", words.minOf(name))} – {field("max", words.maxOf(name))} %
    </span>
  );
}
