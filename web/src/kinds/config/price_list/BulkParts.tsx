import type { ReactNode } from "react";
import type { DraftRow } from "../../../api/types";
import { group, signed, trimZeros } from "../../../parts/format";
import { pricesText } from "../../../text/prices";
import styles from "./BulkSheet.module.css";
import type { BulkPreview } from "./bulk";
import { cellText } from "./cells";

const words = pricesText.bulkSheet;
const EXAMPLES = 3;

/** What the change would do: how many, on average, and the first few by name. */
export function Outcome({
  rows,
  outcome,
}: {
  rows: readonly DraftRow[];
  outcome: (BulkPreview & { locked: number }) | null;
}) {
  if (outcome === null) return <p className={styles.quiet}>{words.empty}</p>;
  const { changes, same, impossible, locked, average } = outcome;
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return (
    <div className={styles.outcome} role="status">
      <p className={styles.count}>
        {words.count(changes.length)}
        {average !== null && <b>{words.average(signed(trimZeros(average)))}</b>}
      </p>
      {same > 0 && <p>{words.same(same)}</p>}
      {impossible > 0 && <p className={styles.warn}>{words.impossible(impossible)}</p>}
      {locked > 0 && <p>{words.locked(locked)}</p>}
      {changes.length > 0 && (
        <ul aria-label={words.examples}>
          {changes.slice(0, EXAMPLES).map(({ key, from, to }) => {
            const row = byKey.get(key);
            return (
              <li key={key}>
                <span>{row ? cellText(row, "product") : key}</span>
                <del>{group(from)}</del>
                <ins>{group(to)}</ins>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

/** A few answers of which one is taken. */
export function Picks({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={styles.picks}>
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}

/** One of them. */
export function Pick({ on, word, onPick }: { on: boolean; word: string; onPick: () => void }) {
  return (
    <button type="button" aria-pressed={on} className={styles.pick} onClick={onPick}>
      {word}
    </button>
  );
}
