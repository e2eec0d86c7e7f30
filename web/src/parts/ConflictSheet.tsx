import { baseText } from "../text/base";
import { Button } from "./Button";
import styles from "./ConflictSheet.module.css";
import { Sheet } from "./Sheet";

export interface ConflictRow {
  label: string;
  mine: string;
  theirs: string;
}

interface ConflictSheetProps {
  changedBy: string | null;
  rows: ConflictRow[];
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody else saved first: both versions side by side, and a choice; closing it keeps nothing hidden. */
export function ConflictSheet({ changedBy, rows, onMine, onTheirs }: ConflictSheetProps) {
  const differing = rows.filter((row) => row.mine !== row.theirs);
  return (
    <Sheet
      open
      onClose={onTheirs}
      title={baseText.conflictTitle}
      size={600}
      footer={
        <>
          <Button onClick={onMine}>{baseText.keepMine}</Button>
          <Button look="primary" onClick={onTheirs}>
            {baseText.takeTheirs}
          </Button>
        </>
      }
    >
      <p className={styles.explain}>{baseText.conflictBody(changedBy)}</p>
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
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              <td>{row.mine || baseText.none}</td>
              <td>{row.theirs || baseText.none}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  );
}
