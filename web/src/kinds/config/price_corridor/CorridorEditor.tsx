import type { Content, DraftRow } from "../../../api/types";
import { Badge } from "../../../parts/Badge";
import { IconButton } from "../../../parts/IconButton";
import { Loaded } from "../../../parts/Loaded";
import { configText } from "../../../text/config";
import { listsText } from "../../../text/lists";
import { RowSaveMark } from "../RowSaveMark";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { BandInput } from "./BandInput";
import styles from "./CorridorEditor.module.css";
import { price_corridor } from "./kind";
import { NewBand } from "./NewBand";

const words = listsText.corridor;
const TONES = { added: "info", changed: "wait", removed: "risk" } as const;

/** The corridor: a row for each region and category, with the lowest and the highest percent. */
export function CorridorEditor({ draft, faults }: EditorProps) {
  const rows = useDraftRows(draft);
  const editable = draft.actions.includes("edit");
  const nameOf = (row: DraftRow) =>
    price_corridor.read(row.key, row.content ?? row.before ?? {}, row.shown).title;
  const set = (row: DraftRow, content: Content | null) =>
    rows.book.act(words.step(nameOf(row)), [{ key: row.key, content, shown: row.shown }]);
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
                className={row.content === null ? `${styles.row} ${styles.gone}` : styles.row}
              >
                <span className={styles.name}>
                  {nameOf(row)}{" "}
                  {row.change !== "same" && <Badge tone={TONES[row.change]}>{configText[row.change]}</Badge>}
                  {(rows.view.faults.get(row.key) ?? faults.get(row.key)) && (
                    <small>{rows.view.faults.get(row.key) ?? faults.get(row.key)}</small>
                  )}
                </span>
                {row.content !== null && (
                  <BandInput
                    name={nameOf(row)}
                    content={row.content}
                    disabled={!editable}
                    onBand={(min, max) => set(row, { ...row.content, min, max })}
                  />
                )}
                {editable && (
                  <IconButton
                    quiet
                    icon={row.change === "same" ? "trash" : "undo"}
                    label={`${row.change === "same" ? configText.deleteRow : configText.revertRow} ${nameOf(row)}`}
                    onClick={() => set(row, row.change === "same" ? null : row.before)}
                  />
                )}
              </li>
            ))}
          </ul>
          {editable && (
            <NewBand
              taken={(key) => rows.view.rows.some((row) => row.key === key && row.content !== null)}
              onAdd={(key, content, shown) =>
                rows.book.act(words.step(price_corridor.read(key, content, shown).title), [
                  { key, content, shown },
                ])
              }
            />
          )}
        </div>
      )}
    </Loaded>
  );
}
