import { useEffect, useRef } from "react";
import { quotesText } from "../../text/quotes";
import type { DraftLine } from "./draftModel";
import styles from "./LineNote.module.css";
import type { ChangeDraft } from "./useQuoteDraft";

const NOTE_LETTERS = 200;

interface LineNoteProps {
  line: DraftLine;
  named: string;
  /** Asked for a moment ago: the next key belongs to it. */
  fresh: boolean;
  className: string | undefined;
  change: ChangeDraft;
  onLeave: () => void;
}

/** What is said about one line on the printed quotation; nothing until it is asked for or written. */
export function LineNote({ line, named, fresh, className, change, onLeave }: LineNoteProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (fresh) field.current?.focus();
  }, [fresh]);
  if (!fresh && line.note === "") return null;
  return (
    <div className={className}>
      <input
        ref={field}
        className={styles.note}
        aria-label={quotesText.noteOf(named)}
        placeholder={quotesText.noteHint}
        value={line.note}
        maxLength={NOTE_LETTERS}
        autoComplete="off"
        onChange={(event) => change({ kind: "note", id: line.id, note: event.target.value })}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </div>
  );
}
