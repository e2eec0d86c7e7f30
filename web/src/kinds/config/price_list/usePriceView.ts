import { useMemo } from "react";
import type { DraftRow } from "../../../api/types";
import type { BookView } from "../DraftBook";
import { countsOf, type Filters, type Sorting, shownKeys } from "./filter";

/**
 * The rows to be shown. Which they are and in which order is settled when the filter is, or rows come or go: a row does
 * not run away from under the hand that changes it.
 */
export function usePriceView(
  view: BookView,
  checks: ReadonlyMap<string, string>,
  filters: Filters,
  sorting: Sorting | null,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above; `shape` stands for the rows.
  const keys = useMemo(
    () => shownKeys(view.rows, filters, sorting, (key) => checks.has(key) || view.faults.has(key)),
    [view.shape, filters, sorting],
  );
  const rows = useMemo(
    () => keys.map((key) => view.byKey.get(key)).filter((row): row is DraftRow => row !== undefined),
    [keys, view.byKey],
  );
  const faults = useMemo(() => new Map([...checks, ...view.faults]), [checks, view.faults]);
  const counts = useMemo(() => countsOf(view.rows, (key) => faults.has(key)), [view.rows, faults]);
  return { rows, faults, counts };
}
