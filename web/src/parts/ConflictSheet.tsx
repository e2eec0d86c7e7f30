import { useState } from "react";
import { baseText } from "../text/base";
import { Button } from "./Button";
import styles from "./ConflictSheet.module.css";
import { Sheet } from "./Sheet";

export interface ConflictRow {
  /** Names the field where one may choose field by field; its label otherwise. */
  key?: string;
  label: string;
  mine: string;
  theirs: string;
}

interface ConflictSheetProps {
  changedBy: string | null;
  rows: ConflictRow[];
  onMine: () => void;
  onTheirs: () => void;
  /** Takes the keys of the fields that shall be mine; without it one takes one version whole. */
  onChoose?: (mine: ReadonlySet<string>) => void;
}

/** Somebody else saved first: both versions side by side, and a choice, of the whole or field by field. */
export function ConflictSheet({ changedBy, rows, onMine, onTheirs, onChoose }: ConflictSheetProps) {
  const differing = rows.filter((row) => row.mine !== row.theirs);
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  const keyOf = (row: ConflictRow) => row.key ?? row.label;
  const take = (row: ConflictRow, own: boolean) => {
    const next = new Set(mine);
    if (own) next.add(keyOf(row));
    else next.delete(keyOf(row));
    setMine(next);
  };
  const cell = (row: ConflictRow, own: boolean) => {
    const text = (own ? row.mine : row.theirs) || baseText.none;
    if (!onChoose) return text;
    return (
      <label className={styles.choice}>
        <input
          type="radio"
          name={keyOf(row)}
          aria-label={baseText.conflictTake(row.label, own, text)}
          checked={mine.has(keyOf(row)) === own}
          onChange={() => take(row, own)}
        />
        {text}
      </label>
    );
  };
  return (
    <Sheet
      open
      onClose={onTheirs}
      title={baseText.conflictTitle}
      size={600}
      footer={
        <>
          <Button onClick={onMine}>{baseText.keepMine}</Button>
          {onChoose && mine.size > 0 ? (
            <Button look="primary" onClick={() => onChoose(mine)}>
              {baseText.takeChosen}
            </Button>
          ) : (
            <Button look="primary" onClick={onTheirs}>
              {baseText.takeTheirs}
            </Button>
          )}
        </>
      }
    >
      <p className={styles.explain}>{baseText.conflictBody(changedBy)}</p>
      {onChoose && <p className={styles.explain}>{baseText.conflictEach}</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{baseText.conflictField}</th>
            <th scope="col">{baseText.conflictMine}</th>
            <th scope="col">{baseText.conflictTheirs}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row">{row.label}</th>
              <td>{cell(row, true)}</td>
              <td>{cell(row, false)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  );
}
