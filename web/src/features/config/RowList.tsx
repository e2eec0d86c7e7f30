import type { ToldRow } from "../../api/types";
import { importText as words } from "../../text/imports";
import styles from "./Import.module.css";

interface RowListProps {
  title: (count: number) => string;
  rows: ToldRow[];
  /** Several sheets are taken, so that a row is named with its sheet. */
  several: boolean;
  /** How many there are, when not all are listed. */
  count?: number;
  open?: boolean;
}

/** Rows of one sort, each named by sheet and row, with what it says and what became of it. */
export function RowList({ title, rows, several, count = rows.length, open = false }: RowListProps) {
  if (rows.length === 0) return null;
  return (
    <details className={styles.preview} open={open}>
      <summary>{title(count)}</summary>
      <div className={styles.scroll}>
        <table className={styles.bad}>
          <thead>
            <tr>
              <th scope="col">{words.row}</th>
              <th scope="col">{words.said}</th>
              <th scope="col">{words.why}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.row} ${row.sheet}`}>
                <td>{several ? words.inSheet(row.sheet, row.row) : row.row}</td>
                <td>{words.saying(row.said)}</td>
                <td>{row.why.join(words.between)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > rows.length && <p className={styles.quiet}>{words.onlyFirst(rows.length, count)}</p>}
    </details>
  );
}
