import type { DraftRow } from "../../../api/types";
import { Facts } from "../../../parts/Facts";
import { Sheet } from "../../../parts/Sheet";
import { pricesText } from "../../../text/prices";
import { COLUMNS, cellText } from "./cells";
import { isPlain, wordsOf } from "./entry";

/** A row that can only be read here: it has gone, gives a formula, or is about more than one product. */
export function LockedEntry({ row, onClose }: { row: DraftRow; onClose: () => void }) {
  const facts = COLUMNS.filter((column) => column !== "product")
    .map((column) => ({ label: pricesText.columns[column], value: cellText(row, column) }))
    .filter(({ value }) => value !== "");
  return (
    <Sheet open onClose={onClose} title={wordsOf(row).goods}>
      <Facts facts={facts} />
      {row.content !== null && !isPlain(row.content) && <p>{pricesText.lockedHint}</p>}
    </Sheet>
  );
}
