import { useEffect, useRef, useState } from "react";
import type { Content, DraftRow } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { IconButton } from "../../parts/IconButton";
import { Loaded } from "../../parts/Loaded";
import { configText } from "../../text/config";
import { EditorHead } from "./EditorHead";
import { inOrder } from "./inOrder";
import { NewRow } from "./NewRow";
import { RowField } from "./RowField";
import styles from "./RowsEditor.module.css";
import type { NewRowStart, RowColumn, RowKey } from "./rowColumns";
import type { ConfigKind, EditorProps } from "./types";
import { useDraftRows } from "./useDraftRows";

const TONES = { added: "info", changed: "wait", removed: "risk" } as const;

interface RowsEditorProps extends EditorProps {
  /** How a row of this kind reads. */
  read: ConfigKind["read"];
  hint: string;
  /** How a step at this row is called where it can be taken back. */
  step: (row: string) => string;
  columns: readonly RowColumn[];
  /** Where a row stands among the others, where that is not by its key. */
  order?: ConfigKind["order"];
  /** What tells a new row from the others; where there is nothing left to add, none. */
  keys: readonly RowKey[];
  start: (values: Record<string, string>) => NewRowStart;
  badKey: string;
}

/** Rows of a few fields each: change, take out, take back, add. A kind says only which fields there are. */
export function RowsEditor({
  draft,
  faults,
  focusKey,
  read,
  hint,
  step,
  columns,
  order,
  keys,
  start,
  badKey,
}: RowsEditorProps) {
  const rows = useDraftRows(draft);
  const { book, view } = rows;
  const editable = draft.actions.includes("edit");
  const act = (key: string, content: Content | null, shown: Record<string, unknown> = {}) =>
    book.act(step(read(key, content ?? {}, shown).title), [{ key, content, shown }]);
  const left = keys.every((key) => key.choices === undefined || key.choices.length > 0);
  return (
    <Loaded query={rows.query}>
      {() => (
        <div className={styles.box}>
          <EditorHead rows={rows} editable={editable} hint={hint} />
          <ul>
            {inOrder(view.rows, order).map((row) => (
              <Row
                key={row.key}
                row={row}
                read={read}
                columns={columns}
                editable={editable}
                shown={row.key === focusKey}
                fault={view.faults.get(row.key) ?? faults.get(row.key)}
                onContent={(content) => act(row.key, content, row.shown)}
                onBad={(sentence) => book.act("", [], new Map([[row.key, sentence]]))}
                onFocus={() => book.heard([row.key])}
              />
            ))}
          </ul>
          {view.rows.length === 0 && <p className={styles.none}>{configText.noRows}</p>}
          {editable && left && (
            <NewRow
              keys={keys}
              columns={columns}
              start={start}
              badKey={badKey}
              taken={(key) => view.byKey.get(key)?.content != null}
              onAdd={act}
            />
          )}
        </div>
      )}
    </Loaded>
  );
}

interface RowProps {
  row: DraftRow;
  read: ConfigKind["read"];
  columns: readonly RowColumn[];
  editable: boolean;
  /** Whether it was asked for. */
  shown: boolean;
  fault: string | undefined;
  onContent: (content: Content | null) => void;
  onBad: (sentence: string) => void;
  onFocus: () => void;
}

function Row({ row, read, columns, editable, shown, fault, onContent, onBad, onFocus }: RowProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (shown) item.current?.scrollIntoView({ block: "center" });
  }, [shown]);
  const { content, before, change } = row;
  const { title } = read(row.key, content ?? before ?? {}, row.shown);
  const was = change === "changed" && before !== null ? read(row.key, before, row.shown).value : "";
  const same = change === "same";
  const refused = useRefused(onBad, onFocus);
  const fields = (long: boolean) =>
    content !== null &&
    columns
      .filter((column) => (column.long ?? false) === long)
      .map((column) => (
        <RowField
          key={`${column.name} ${refused.round}`}
          column={column}
          row={title}
          value={String(content[column.name] ?? "")}
          editable={editable}
          onValue={(value) => {
            onContent({ ...content, [column.name]: value });
            refused.without(column);
          }}
          onBad={() => refused.with(column)}
          onGood={() => refused.without(column)}
          onFocus={refused.heard}
        />
      ));
  return (
    <li ref={item} className={styles.row} data-row={row.key} data-gone={content === null || undefined}>
      <span className={styles.name}>
        <b>{title}</b> {!same && <Badge tone={TONES[change]}>{configText[change]}</Badge>}
        {was !== "" && <small>{configText.wasBefore(was)}</small>}
        {fault && (
          <small className={styles.fault} role="alert">
            {fault}
          </small>
        )}
      </span>
      <span className={styles.figures}>{fields(false)}</span>
      {editable && (
        <IconButton
          quiet
          icon={same ? "trash" : "undo"}
          label={`${same ? configText.deleteRow : configText.revertRow} ${title}`}
          onClick={() => {
            refused.forget();
            onContent(same ? null : before);
          }}
        />
      )}
      {fields(true)}
    </li>
  );
}

/** Fields of a row in which something stands that means nothing: while there is one, the row says what is wrong with it. */
function useRefused(onBad: (sentence: string) => void, onHeard: () => void) {
  const [bad, setBad] = useState<readonly RowColumn[]>([]);
  const [round, setRound] = useState(0);
  const others = (column: RowColumn) => bad.filter(({ name }) => name !== column.name);
  const tell = (now: readonly RowColumn[]) => {
    setBad(now);
    const [first] = now;
    if (first) onBad(first.bad);
    else onHeard();
  };
  return {
    /** Another round begins with fields in which nothing was typed. */
    round,
    with: (column: RowColumn) => tell([column, ...others(column)]),
    without: (column: RowColumn) => {
      if (bad.length > 0) tell(others(column));
    },
    heard: () => {
      if (bad.length === 0) onHeard();
    },
    forget: () => {
      setBad([]);
      setRound(round + 1);
      onHeard();
    },
  };
}
