import { type InputHTMLAttributes, useRef, useState } from "react";
import { asDecimal } from "../../parts/format";
import { looksLikeCode } from "./codes";

interface QtyInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  label: string;
  value: string;
  onChange: (qty: string) => void;
  onEnter?: () => void;
  /** A scanner struck a code here; the quantity is what it was before. */
  onCode?: (code: string) => void;
}

const QTY_PLACES = 3;

/** A quantity: passes on only what is a number, and falls back to the last one when left broken. */
export function QtyInput({ label, value, onChange, onEnter, onCode, ...rest }: QtyInputProps) {
  /** What stands in the field while it is typed, and the quantity that was passed on. */
  const [typed, setTyped] = useState<{ text: string; qty: string } | null>(null);
  // Undo, a scan or another tab may change the quantity beneath the hands.
  const text = typed?.qty === value ? typed.text : null;
  const before = useRef(value);
  const broken = text !== null && asDecimal(text, QTY_PLACES) === null;
  return (
    <input
      {...rest}
      inputMode="decimal"
      aria-label={label}
      aria-invalid={broken}
      autoComplete="off"
      maxLength={15}
      value={text ?? value}
      onFocus={(event) => {
        before.current = value;
        event.target.select();
      }}
      onChange={(event) => {
        const qty = asDecimal(event.target.value, QTY_PLACES);
        setTyped({ text: event.target.value, qty: qty ?? value });
        if (qty !== null) onChange(qty);
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
        event.preventDefault();
        if (onCode && text !== null && looksLikeCode(text)) {
          onChange(before.current);
          setTyped(null);
          return onCode(text.trim());
        }
        // What is no number stays where it was typed, marked, until it is put right.
        if (broken) event.currentTarget.select();
        else if (onEnter) onEnter();
        else event.currentTarget.blur();
      }}
    />
  );
}
