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
) {
  const key = useRef<string | null>(null);
  const { row, col } = selection.active;
  const latest = useRef({ rows, row, col });
  latest.current = { rows, row, col };
  useEffect(() => {
    const { rows: now, row: stands, col: keeps } = latest.current;
    const sought = wanted.current ?? key.current;
    const place = sought === null || rows !== now ? -1 : rows.findIndex((one) => one.key === sought);
    if (place < 0) return;
    wanted.current = null;
    key.current = sought;
    if (place !== stands) onSelect(at(place, keeps));
  }, [rows, onSelect, wanted]);
  useEffect(() => {
    if (wanted.current === null) key.current = latest.current.rows[row]?.key ?? null;
  }, [row, wanted]);
}
