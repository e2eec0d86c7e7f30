import { type FormEvent, useState } from "react";
import type { Content } from "../../../api/types";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { TextField } from "../../../parts/Field";
import { asDecimal, trimZeros } from "../../../parts/format";
import { IconButton } from "../../../parts/IconButton";
import { Loaded } from "../../../parts/Loaded";
import { configText } from "../../../text/config";
import { RowSaveMark } from "../RowSaveMark";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { PercentInput } from "./PercentInput";
import styles from "./TierEditor.module.css";

const words = configText.kinds.tier;
const MOST = 1000;
const TONES = { added: "info", changed: "wait", removed: "risk" } as const;

/** A share in percent, or null when it is none. */
const asPercent = (text: string) => {
  const percent = asDecimal(text, 2);
  return percent !== null && Number(percent) <= MOST ? percent : null;
};

/** The tiers: a name and what it pays, in percent of the list price. */
export function TierEditor({ draft, faults }: EditorProps) {
  const rows = useDraftRows(draft);
  const [name, setName] = useState("");
  const [percent, setPercent] = useState("");
  const [asked, setAsked] = useState(false);
  const editable = draft.actions.includes("edit");
  const used = rows.view.rows.some((row) => row.key === name.trim() && row.content !== null);
  const nameFault = name.trim() === "" || used;
  const set = (key: string, content: Content | null) => rows.book.act(words.named(key), [{ key, content }]);
  const add = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const share = asPercent(percent);
    if (nameFault || share === null) return;
    set(name.trim(), { percent: share });
    setName("");
    setPercent("");
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
                  {words.named(row.key)}{" "}
                  {row.change !== "same" && <Badge tone={TONES[row.change]}>{configText[row.change]}</Badge>}
                  {(rows.view.faults.get(row.key) ?? faults.get(row.key)) && (
                    <small>{rows.view.faults.get(row.key) ?? faults.get(row.key)}</small>
                  )}
                </span>
                <span className={styles.was}>
                  {row.before !== null &&
                    row.change === "changed" &&
                    words.reads(trimZeros(String(row.before.percent)))}
                </span>
                {row.content !== null && (
                  <PercentInput
                    label={words.percentOf(row.key)}
                    value={trimZeros(String(row.content.percent))}
                    disabled={!editable}
                    read={asPercent}
                    onPercent={(share) => set(row.key, { percent: share })}
                  />
                )}
                {editable &&
                  (row.change === "same" ? (
                    <IconButton
                      quiet
                      icon="trash"
                      label={`${configText.deleteRow} ${row.key}`}
                      onClick={() => set(row.key, null)}
                    />
                  ) : (
                    <IconButton
                      quiet
                      icon="undo"
                      label={`${configText.revertRow} ${row.key}`}
                      onClick={() => set(row.key, row.before)}
                    />
                  ))}
              </li>
            ))}
          </ul>
          {editable && (
            <form className={styles.add} onSubmit={add} noValidate>
              <TextField
                label={words.newName}
                error={asked && nameFault ? words.badName : undefined}
                value={name}
                maxLength={20}
                onChange={(event) => setName(event.target.value)}
              />
              <TextField
                label={words.percent}
                error={asked && asPercent(percent) === null ? words.badPercent : undefined}
                inputMode="decimal"
                value={percent}
                maxLength={8}
                onChange={(event) => setPercent(event.target.value)}
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
