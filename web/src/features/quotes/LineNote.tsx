import { useEffect, useRef } from "react";
import { quotesText } from "../../text/quotes";
import styles from "./LineNote.module.css";

const NOTE_LETTERS = 200;

interface LineNoteProps {
  product: string;
  value: string;
  /** Asked for a moment ago: the next key belongs to it. */
  fresh: boolean;
  onChange: (note: string) => void;
  onLeave: () => void;
}

/** What is said about one line on the printed quotation. */
export function LineNote({ product, value, fresh, onChange, onLeave }: LineNoteProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (fresh) field.current?.focus();
  }, [fresh]);
  return (
    <input
      ref={field}
      className={styles.note}
      aria-label={quotesText.noteOf(product)}
      placeholder={quotesText.noteHint}
      value={value}
      maxLength={NOTE_LETTERS}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      onBlur={onLeave}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
