import { useState } from "react";
import type { AskedRow, Import, ImportChoices, ImportPreview, RowDecision } from "../../api/types";
import { Button } from "../../parts/Button";
import { importText as words } from "../../text/imports";
import { AskedRowSheet } from "./AskedRowSheet";
import styles from "./Import.module.css";
import { likeliestOf, takenSheets, withRows } from "./importApi";

interface AskedRowsProps {
  found: Import;
  preview: ImportPreview;
  busy: boolean;
  onChange: (choices: ImportChoices) => void;
}

const rowKey = (row: { sheet: string; row: number }) => `${row.row} ${row.sheet}`;

/** Rows that somebody has to decide about: one by one, or many at once. Nothing is saved before the import. */
export function AskedRows({ found, preview, busy, onChange }: AskedRowsProps) {
  const [marked, setMarked] = useState<string[]>([]);
  const [opened, setOpened] = useState<AskedRow | null>(null);
  const rows = preview.asked;
  const several = takenSheets(preview) > 1;
  const settle = (settled: RowDecision[]) => {
    setMarked([]);
    setOpened(null);
    onChange(withRows(found.choices, settled));
  };
  const at = (row: AskedRow) => ({ sheet: row.sheet, row: row.row });
  const chosen = rows.filter((row) => marked.includes(rowKey(row)));
  const proposed = rows.flatMap((row) => {
    const likeliest = likeliestOf(row);
    return row.asks.includes("product") && likeliest ? [{ ...at(row), product_id: likeliest.id }] : [];
  });
  const settledCount = found.choices.decisions.length;
  if (rows.length === 0 && settledCount === 0) return null;
  return (
    <section>
      <div className={styles.askedHead}>
        <h3 className={styles.title}>{words.askedTitle(preview.tally.asked)}</h3>
        {rows.length > 0 && (
          <>
            <Button
              small
              busy={busy}
              disabled={chosen.length === 0}
              onClick={() => settle(chosen.map(skipped))}
            >
              {words.skipMarked(chosen.length)}
            </Button>
            {proposed.length > 0 && (
              <Button small busy={busy} onClick={() => settle(proposed)}>
                {words.takeProposed(proposed.length)}
              </Button>
            )}
          </>
        )}
        {settledCount > 0 && (
          <Button small look="text" onClick={() => onChange({ ...found.choices, decisions: [] })}>
            {words.unsettle(settledCount)}
          </Button>
        )}
      </div>
      {rows.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.bad}>
            <thead>
              <tr>
                <th scope="col">
                  <input
                    type="checkbox"
                    aria-label={words.markAll}
                    checked={chosen.length === rows.length}
                    onChange={(event) => setMarked(event.target.checked ? rows.map(rowKey) : [])}
                  />
                </th>
                <th scope="col">{words.row}</th>
                <th scope="col">{words.said}</th>
                <th scope="col">{words.why}</th>
                <th scope="col">{words.settle}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={rowKey(row)}>
                  <td>
                    <input
                      type="checkbox"
                      aria-label={words.markRow(row.row)}
                      checked={marked.includes(rowKey(row))}
                      onChange={(event) =>
                        setMarked((now) =>
                          event.target.checked
                            ? [...now, rowKey(row)]
                            : now.filter((one) => one !== rowKey(row)),
                        )
                      }
                    />
                  </td>
                  <td>{several ? words.inSheet(row.sheet, row.row) : row.row}</td>
                  <td>{words.saying(row.said)}</td>
                  <td>{row.why.join(words.between)}</td>
                  <td className={styles.settle}>
                    {row.asks.includes("which") ? (
                      <Button small busy={busy} onClick={() => settle([{ ...at(row), keep: true }])}>
                        {words.keep}
                      </Button>
                    ) : (
                      <Button small busy={busy} onClick={() => setOpened(row)}>
                        {words.choose}
                      </Button>
                    )}
                    <Button small look="text" onClick={() => settle([skipped(row)])}>
                      {words.skip}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {preview.tally.asked > rows.length && (
        <p className={styles.quiet}>{words.onlyFirst(rows.length, preview.tally.asked)}</p>
      )}
      {opened && (
        <AskedRowSheet row={opened} onSettle={(row) => settle([row])} onClose={() => setOpened(null)} />
      )}
    </section>
  );
}

const skipped = (row: AskedRow): RowDecision => ({ sheet: row.sheet, row: row.row, skip: true });
