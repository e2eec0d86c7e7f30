import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { baseText } from "../text/base";
import styles from "./EditInPlace.module.css";
import { Icon } from "./Icon";

interface EditInPlaceProps {
  label: string;
  value: string;
  /** How the value reads while it is not edited; the value itself by default. */
  shown?: ReactNode;
  editable: boolean;
  /** A closed list to choose from; without one, free text. */
  options?: { value: string; label: string }[];
  multiline?: boolean;
  type?: "text" | "tel";
  empty: string;
  onSave: (value: string) => void;
}

/** One attribute: a press makes it a field, Enter or leaving it saves, Escape takes it back. */
export function EditInPlace({
  label,
  value,
  shown,
  editable,
  options,
  multiline,
  type = "text",
  empty,
  onSave,
}: EditInPlaceProps) {
  const [text, setText] = useState<string | null>(null);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement & HTMLSelectElement>(null);
  const editing = text !== null;
  useEffect(() => {
    if (editing) field.current?.focus();
  }, [editing]);
  const save = (next: string) => {
    setText(null);
    if (next.trim() !== value) onSave(next.trim());
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") setText(null);
    else if (event.key === "Enter" && (!multiline || event.ctrlKey || event.metaKey)) save(text ?? value);
  };
  const common = {
    ref: field,
    "aria-label": label,
    className: styles.field,
    value: text ?? value,
    onKeyDown: press,
  };
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      {!editing &&
        (editable ? (
          <button
            type="button"
            className={styles.value}
            title={`${baseText.edit}${label}`}
            onClick={() => setText(value)}
          >
            <span className={value === "" ? styles.empty : undefined}>
              {value === "" ? empty : (shown ?? value)}
            </span>
            <Icon name="edit" size={14} />
          </button>
        ) : (
          <span className={`${styles.value} ${styles.still}`}>
            {value === "" ? <span className={styles.empty}>{empty}</span> : (shown ?? value)}
          </span>
        ))}
      {editing && options && (
        <select {...common} onChange={(event) => save(event.target.value)} onBlur={() => setText(null)}>
          {value === "" && <option value="">{empty}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
      {editing && !options && multiline && (
        <textarea
          {...common}
          rows={4}
          maxLength={2000}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => save(text)}
        />
      )}
      {editing && !options && !multiline && (
        <input
          {...common}
          type={type}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => save(text)}
        />
      )}
    </div>
  );
}
