import { createContext, useContext } from "react";
import type { Checks } from "../../../api/types";
import { group } from "../../../parts/format";
import { pricesText } from "../../../text/prices";

export type Ranges = ReadonlyMap<string, Checks["ranges"][number]>;

/** Of a region's list: HQ's price and the allowed range by the key of the row; of other lists nothing. */
export const RangesContext = createContext<Ranges>(new Map());

export const rangesOf = (checks: Checks | undefined): Ranges =>
  new Map(checks?.ranges.map((range) => [range.key, range]));

/** What the region may set here, in words; null where nothing is said. */
export function useRange(key: string): string | null {
  const range = useContext(RangesContext).get(key);
  if (range === undefined) return null;
  return pricesText.range(group(range.list_price), group(range.lowest), group(range.highest));
}
