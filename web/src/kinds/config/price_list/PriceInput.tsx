import { useState } from "react";
import { asDecimal } from "../../../parts/format";
import styles from "./PriceGrid.module.css";

interface PriceInputProps {
  label: string;
  value: string;
  disabled: boolean;
  changed: boolean;
  onPrice: (price: string) => void;
}

const PRICE_PLACES = 4;

/** A price: taken when the field is left; a broken one turns back. */
export function PriceInput({ label, value, disabled, changed, onPrice }: PriceInputProps) {
  const [text, setText] = useState<string | null>(null);
  const price = text === null ? value : asDecimal(text, PRICE_PLACES);
  return (
    <input
      className={changed ? `${styles.input} ${styles.changed}` : styles.input}
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={price === null}
      disabled={disabled}
      maxLength={16}
      value={text ?? value}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (price !== null && price !== value) onPrice(price);
        setText(null);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") setText(null);
      }}
    />
  );
}
