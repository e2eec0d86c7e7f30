import type { DraftRow } from "../../../api/types";
import { asDecimal } from "../../../parts/format";
import { type ColumnId, cellText, percentOf, type RowState, stateOf } from "./cells";
import { asUnits } from "./decimal";
import { asEntry, asShown } from "./entry";

export type Only = "changed" | "raised" | "lowered" | "added" | "removed" | "faulty";

export interface Filters {
  text: string | undefined;
  only: Only | null;
  /** Moved by more than so many percent, as typed. */
  over: string;
  /** Of these products alone; null is all. */
  products: ReadonlySet<number> | null;
}

export interface Sorting {
  column: ColumnId;
  descending: boolean;
}

export const NO_FILTERS: Filters = { text: undefined, only: null, over: "", products: null };
export const ONLY: readonly Only[] = ["changed", "raised", "lowered", "added", "removed", "faulty"];

const matches = (only: Only, state: RowState, faulty: boolean) => {
  if (only === "faulty") return faulty;
  return only === "changed" ? state !== "same" : only === state;
};

const movesOver = (row: DraftRow, over: bigint) => {
  const percent = percentOf(row);
  if (percent === null) return false;
  const size = asUnits(percent.replace(/^[-+]/, ""));
  return size > over;
};

/** The rows that the filters let through, in the wanted order; the row of the whole list is none of them. */
export function shownKeys(
  rows: readonly DraftRow[],
  filters: Filters,
  sorting: Sorting | null,
  faulty: (key: string) => boolean,
): string[] {
  const wanted = (filters.text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const over = asDecimal(filters.over, 2);
  const found = rows.filter((row) => {
    if (row.key === "") return false;
    if (filters.only !== null && !matches(filters.only, stateOf(row), faulty(row.key))) return false;
    if (filters.products !== null && !filters.products.has(asEntry(row.content ?? row.before ?? {}).product))
      return false;
    if (over !== null && !movesOver(row, asUnits(over))) return false;
    if (wanted.length === 0) return true;
    const { product_code, product_name, spec } = asShown(row.shown);
    const text = `${product_code} ${product_name} ${spec} ${row.key}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return sorted(found, sorting).map((row) => row.key);
}

const collator = new Intl.Collator("zh-CN", { numeric: true });
const NUMBERS: readonly ColumnId[] = ["now", "price", "min_qty", "delta"];

function sorted(rows: DraftRow[], sorting: Sorting | null): DraftRow[] {
  // The server's keys are sorted letter by letter; here a break of 2,000 comes before one of 15,000.
  if (sorting === null) return rows.sort((one, other) => collator.compare(one.key, other.key));
  const { column, descending } = sorting;
  const sign = descending ? -1 : 1;
  if (NUMBERS.includes(column)) {
    const figure = (row: DraftRow) =>
      Number((column === "delta" ? percentOf(row) : cellText(row, column)) || "-Infinity");
    const keyed = rows.map((row) => ({ row, figure: figure(row) }));
    return keyed.sort((one, other) => sign * compared(one.figure, other.figure)).map(({ row }) => row);
  }
  const keyed = rows.map((row) => ({ row, text: cellText(row, column) }));
  return keyed.sort((one, other) => sign * collator.compare(one.text, other.text)).map(({ row }) => row);
}

const compared = (one: number, other: number) => (one < other ? -1 : one > other ? 1 : 0);

/** How many rows each filter would show. */
export function countsOf(rows: readonly DraftRow[], faulty: (key: string) => boolean): Record<Only, number> {
  const counts = { changed: 0, raised: 0, lowered: 0, added: 0, removed: 0, faulty: 0 };
  for (const row of rows) {
    if (row.key === "") continue;
    const state = stateOf(row);
    for (const only of ONLY) if (matches(only, state, faulty(row.key))) counts[only] += 1;
  }
  return counts;
}
