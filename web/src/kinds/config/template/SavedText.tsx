import { useEffect, useRef, useState } from "react";
import { TextArea, TextField } from "../../../parts/Field";

const SETTLE_MS = 500;

interface SavedTextProps {
  label: string;
  value: string;
  hint?: string;
  placeholder?: string;
  maxLength: number;
  disabled: boolean;
  long?: boolean;
  onSave: (text: string) => void;
}

/** A text that is saved when typing rests for a moment, so that the preview follows without a step for every letter. */
export function SavedText({ label, value, long, onSave, ...rest }: SavedTextProps) {
  const [text, setText] = useState<string | null>(null);
  const latest = useRef({ text, onSave });
  latest.current = { text, onSave };
  const flush = () => {
    const { text: typed, onSave: save } = latest.current;
    if (typed === null) return;
    latest.current.text = null;
    setText(null);
    save(typed.trim());
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed starts the clock anew, nothing else does.
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(flush, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  // What was typed last is not lost when the block is folded.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it goes.
  useEffect(() => flush, []);
  const Input = long ? TextArea : TextField;
  return (
    <Input
      {...rest}
      label={label}
      autoComplete="off"
      value={text ?? value}
      onChange={(event: { target: { value: string } }) => setText(event.target.value)}
      onBlur={flush}
    />
  );
}
