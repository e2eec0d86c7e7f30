import type { PricedLine, Quote, Repriced } from "../../api/types";
import { asFen, asYuan } from "../../parts/fen";

export type RepricedLine = Repriced["lines"][number];
type Priced = Pick<Quote, "lines" | "totals">;

/** The issued version that the given one follows; null for a first version. */
export function issuedBefore({ revision, chain }: Pick<Quote, "revision" | "chain">) {
  const before = chain.filter((one) => one.revision < revision && one.issued_at != null);
  return before.reduce<(typeof before)[number] | null>(
    (newest, one) => (newest === null || one.revision > newest.revision ? one : newest),
    null,
  );
}

/** `one − other` of two amounts in yuan with two decimals. */
export const minus = (one: string, other: string) => asYuan(asFen(one) - asFen(other));

/** What one unit costs, after what was changed by hand. */
export const priceOf = (line: PricedLine) => (line.manual ? line.net_unit_price : line.unit_price) ?? null;

function moved(old: PricedLine | undefined, line: PricedLine): RepricedLine[] {
  if (!old || old.product.id !== line.product.id || old.unit !== line.unit) return [];
  if (!line.refusal && priceOf(old) === priceOf(line)) return [];
  return [oldAndNew(old, line)];
}

/** One line as it was and as it is. */
export function oldAndNew(old: PricedLine, line: PricedLine): RepricedLine {
  const known = old.net != null && line.net != null;
  return {
    id: line.id,
    name: line.product.name,
    qty: line.qty,
    unit: line.unit,
    old_unit_price: priceOf(old),
    new_unit_price: priceOf(line),
    difference: known ? minus(line.net ?? "0.00", old.net ?? "0.00") : null,
    refusal: line.refusal,
    // Of a price by hand the sums say nothing of the rules beneath it: the server tells that.
    hand: null,
  };
}

/** The prices of goods that stand in both versions and cost something else now; null where none moved. */
export function sincePrevious(before: Priced, now: Priced): Repriced | null {
  const old = new Map(before.lines.map((line) => [line.id, line]));
  const lines = now.lines.flatMap((line) => moved(old.get(line.id), line));
  if (lines.length === 0) return null;
  const difference = minus(now.totals.net, before.totals.net);
  return { agree: "", difference, lines, old: before.totals, new: now.totals };
}
