import { formatDay, trimZeros } from "../../../parts/format";
import { configText } from "../../../text/config";
import type { PriceRow, ShownProduct } from "./entry";

const words = configText.kinds.price_list;

/** When and from how much on a price holds, in words. */
export function entryFacts({ unit, min_qty, from, to }: PriceRow, { base_unit }: ShownProduct): string[] {
  const facts: string[] = [];
  const shownUnit = unit ?? base_unit;
  if (min_qty !== null) facts.push(words.min(`${trimZeros(min_qty)} ${base_unit}`));
  else facts.push(shownUnit);
  if (min_qty !== null && shownUnit !== base_unit) facts.push(shownUnit);
  if (from !== null || to !== null)
    facts.push(words.window(from === null ? "…" : formatDay(from), to === null ? "…" : formatDay(to)));
  return facts;
}
