import { type FormEvent, useState } from "react";
import type { Content } from "../../../api/types";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { TextArea, TextField } from "../../../parts/Field";
import { IconButton } from "../../../parts/IconButton";
import { Loaded } from "../../../parts/Loaded";
import { configText } from "../../../text/config";
import { RowSaveMark } from "../RowSaveMark";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import styles from "./SnippetEditor.module.css";

const words = configText.kinds.snippet;
const TONES = { added: "info", changed: "wait", removed: "risk" } as const;
const NAME_LETTERS = 20;
const TEXT_LETTERS = 500;

/** Texts kept ready: what each is called, and what it says. */
export function SnippetEditor({ draft, faults }: EditorProps) {
  const rows = useDraftRows(draft);
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const [asked, setAsked] = useState(false);
  const editable = draft.actions.includes("edit");
  const used = rows.view.rows.some((row) => row.key === name.trim() && row.content !== null);
  const nameFault = name.trim() === "" || used;
  const textFault = text.trim() === "";
  const set = (key: string, content: Content | null) => rows.book.act(words.named(key), [{ key, content }]);
  const add = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (nameFault || textFault) return;
    set(name.trim(), { text: text.trim() });
    setName("");
    setText("");
    setAsked(false);
  };
  return (
    <Loaded query={rows.query}>
      {() => (
        <div className={styles.box}>
          <div className={styles.head}>
            <p>{words.hint}</p>
            <RowSaveMark status={rows.status} onRetry={() => rows.book.saver.retry()} />
          </div>
          <ul>
            {rows.view.rows.map((row) => (
              <li
                key={row.key}
                className={row.content === null ? `${styles.row} ${styles.removed}` : styles.row}
              >
                <span className={styles.name}>
                  {row.key}{" "}
                  {row.change !== "same" && <Badge tone={TONES[row.change]}>{configText[row.change]}</Badge>}
                  {(rows.view.faults.get(row.key) ?? faults.get(row.key)) && (
                    <small>{rows.view.faults.get(row.key) ?? faults.get(row.key)}</small>
                  )}
                </span>
                {editable && (
                  <IconButton
                    quiet
                    icon={row.change === "same" ? "trash" : "undo"}
                    label={`${row.change === "same" ? configText.deleteRow : configText.revertRow} ${row.key}`}
                    onClick={() => set(row.key, row.change === "same" ? null : row.before)}
                  />
                )}
                {row.content !== null && (
                  <SnippetText
                    key={String(row.content.text)}
                    name={row.key}
                    value={String(row.content.text ?? "")}
                    editable={editable}
                    onText={(next) => set(row.key, { text: next })}
                  />
                )}
              </li>
            ))}
          </ul>
          {editable && (
            <form className={styles.add} onSubmit={add} noValidate>
              <TextField
                label={words.newName}
                error={asked && nameFault ? words.badName : undefined}
                value={name}
                maxLength={NAME_LETTERS}
                onChange={(event) => setName(event.target.value)}
              />
              <TextArea
                label={words.text}
                error={asked && textFault ? words.badText : undefined}
                value={text}
                maxLength={TEXT_LETTERS}
                onChange={(event) => setText(event.target.value)}
              />
              <Button type="submit" icon="plus">
                {configText.addRow}
              </Button>
            </form>
          )}
        </div>
      )}
    </Loaded>
  );
}

interface SnippetTextProps {
  name: string;
  value: string;
  editable: boolean;
  onText: (text: string) => void;
}

/** What a snippet says: taken when the field is left; an emptied one turns back. */
function SnippetText({ name, value, editable, onText }: SnippetTextProps) {
  const [text, setText] = useState(value);
  if (!editable) return <p className={styles.text}>{value}</p>;
  return (
    <div className={styles.text}>
      <TextArea
        label={words.textOf(name)}
        value={text}
        maxLength={TEXT_LETTERS}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          const next = text.trim();
          if (next === "") setText(value);
          else if (next !== value) onText(next);
        }}
      />
    </div>
  );
}
