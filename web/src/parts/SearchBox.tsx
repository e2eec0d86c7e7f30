import { useEffect, useRef, useState } from "react";
import { baseText } from "../text/base";
import { Icon } from "./Icon";
import styles from "./SearchBox.module.css";

interface SearchBoxProps {
  value: string | undefined;
  label: string;
  onChange: (value: string | undefined) => void;
}

const SETTLE_MS = 180;

/** A search field that speaks once the typing pauses. */
export function SearchBox({ value, label, onChange }: SearchBoxProps) {
  const [text, setText] = useState(value ?? "");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const said = useRef(value ?? "");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Only a value from elsewhere (back button, cleared filters) replaces what is being typed.
    if ((value ?? "") !== said.current) {
      said.current = value ?? "";
      setText(value ?? "");
    }
  }, [value]);
  const say = (next: string) => {
    said.current = next.trim();
    onChange(next.trim() === "" ? undefined : next.trim());
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => say(next), SETTLE_MS);
  };
  return (
    <div className={styles.box} data-noprint={text === "" || undefined}>
      <Icon name="search" size={16} />
      <input
        ref={field}
        type="search"
        className={styles.input}
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={100}
        enterKeyHint="search"
        onChange={(event) => type(event.target.value)}
      />
      {text !== "" && (
        <button
          type="button"
          className={styles.clear}
          aria-label={baseText.clear}
          // The press must not take the focus from the field, and on a phone the keyboard with it.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            type("");
            field.current?.focus();
          }}
        >
          <Icon name="close" size={16} />
        </button>
      )}
    </div>
  );
}
