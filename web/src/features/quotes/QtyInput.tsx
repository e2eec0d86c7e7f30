import { type InputHTMLAttributes, useState } from "react";
import { asDecimal } from "../../parts/format";

interface QtyInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  label: string;
  value: string;
  onChange: (qty: string) => void;
  onEnter?: () => void;
}

const QTY_PLACES = 3;

/** A quantity: passes on only what is a number, and falls back to the last one when left broken. */
export function QtyInput({ label, value, onChange, onEnter, ...rest }: QtyInputProps) {
  const [text, setText] = useState<string | null>(null);
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
      onFocus={(event) => event.target.select()}
      onChange={(event) => {
        setText(event.target.value);
        const qty = asDecimal(event.target.value, QTY_PLACES);
        if (qty !== null) onChange(qty);
      }}
      onBlur={() => setText(null)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
        event.preventDefault();
        // What is no number stays where it was typed, marked, until it is put right.
        if (broken) event.currentTarget.select();
        else if (onEnter) onEnter();
        else event.currentTarget.blur();
      }}
    />
  );
}
