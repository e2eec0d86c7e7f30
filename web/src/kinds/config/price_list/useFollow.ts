import { type RefObject, useEffect, useRef } from "react";
import type { DraftRow } from "../../../api/types";
import { at, type Selection } from "./range";

/**
 * The cursor stays on its row when rows come, go or are sorted. `wanted` names the row where it shall go next: the one
 * that was asked for, or what has become of a row that stands under another key now.
 */
export function useFollow(
  rows: readonly DraftRow[],
  selection: Selection,
  onSelect: (selection: Selection) => void,
  wanted: RefObject<string | null>,
  /** What is shown: when it is chosen anew and the row is not among it, the cursor begins at the top. */
  chosen: unknown,
) {
  const before = useRef(rows);
  const chosenBefore = useRef(chosen);
  const latest = useRef(selection.active);
  latest.current = selection.active;
  useEffect(() => {
    const { row, col } = latest.current;
    const stood = before.current[row]?.key;
    before.current = rows;
    const place = (key: string | null | undefined) =>
      key == null ? -1 : rows[row]?.key === key ? row : rows.findIndex((one) => one.key === key);
    let next = place(wanted.current);
    if (next >= 0) wanted.current = null;
    else next = place(stood);
    if (next < 0 && chosenBefore.current !== chosen) next = 0;
    chosenBefore.current = chosen;
    if (next >= 0 && next !== row) onSelect(at(next, col));
  }, [rows, onSelect, wanted, chosen]);
}
