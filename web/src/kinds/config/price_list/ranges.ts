import { createContext, useContext } from "react";
import type { Checks, DraftRow } from "../../../api/types";
import { group } from "../../../parts/format";
import { pricesText } from "../../../text/prices";
import { asUnits } from "./decimal";
import { asEntry, isPlain } from "./entry";

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

/** HQ's price of the row in words, for where the range itself is told otherwise; null where nothing is said. */
export function useListPrice(key: string): string | null {
  const range = useContext(RangesContext).get(key);
  return range === undefined ? null : pricesText.listPrice(group(range.list_price));
}

/** That a price lies outside of this range, and what head office asks. */
export const outsideOf = ({ list_price, lowest, highest }: Checks["ranges"][number]): string =>
  pricesText.outsideOf(pricesText.outside(group(lowest), group(highest)), group(list_price));

/** That the price of the row lies outside of what the region may set, in a few words; null where it does not. */
export function useOutside({ key, content }: Pick<DraftRow, "key" | "content">): string | null {
  const range = useContext(RangesContext).get(key);
  if (range === undefined || content === null || !isPlain(content)) return null;
  const price = asUnits(asEntry(content).price);
  if (asUnits(range.lowest) <= price && price <= asUnits(range.highest)) return null;
  return pricesText.outside(group(range.lowest), group(range.highest));
}
