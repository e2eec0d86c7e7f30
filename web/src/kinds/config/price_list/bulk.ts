import { asDecimal } from "../../../parts/format";
import { asPrice, asUnits, averagePercent, divided } from "./decimal";

export type BulkWay = "percent" | "amount" | "set";
export type Rounding = "none" | "fen" | "jiao" | "yuan" | "ending";

/** One change of many prices, as the clerk says it. */
export interface Bulk {
  way: BulkWay;
  /** Down instead of up; of no meaning for `set`. */
  down: boolean;
  /** As typed: a percent with at most two decimals, or an amount with at most four. */
  value: string;
  rounding: Rounding;
  /** What prices shall end in: "9", "0.9", "98". */
  ending: string;
}

export const NEW_BULK: Bulk = { way: "percent", down: false, value: "", rounding: "fen", ending: "" };

const STEPS = { none: 1n, fen: 100n, jiao: 1_000n, yuan: 10_000n } as const;
const PERCENT_PLACES = 2;
const PRICE_PLACES = 4;
const WHOLE = 10_000n;
export const HIGHEST = 1_000_000_000_000n;

/** What stands after the last digit of an ending repeats: 9 yuan every 10, 0.9 every 1, 0.99 every 1. */
function endingOf(text: string): { ending: bigint; every: bigint } | null {
  const decimal = asDecimal(text, 2);
  if (decimal === null || decimal.length > 7) return null;
  const [whole = "0"] = decimal.split(".");
  const every = Number(whole) === 0 ? 10_000n : 10_000n * 10n ** BigInt(whole.length);
  return { ending: asUnits(decimal), every };
}

function rounded(units: bigint, bulk: Bulk): bigint {
  if (bulk.rounding !== "ending") {
    const step = STEPS[bulk.rounding];
    return divided(units, step) * step;
  }
  const found = endingOf(bulk.ending);
  if (found === null) return units;
  const near = divided(units - found.ending, found.every) * found.every + found.ending;
  return near > 0n ? near : near + found.every;
}

/** Whether everything is said that the change needs. */
export function isComplete(bulk: Bulk): boolean {
  const places = bulk.way === "percent" ? PERCENT_PLACES : PRICE_PLACES;
  const said = asDecimal(bulk.value, places) !== null && bulk.value.length <= 12;
  return said && (bulk.rounding !== "ending" || endingOf(bulk.ending) !== null);
}

/** The price after the change, or null when it would be none. The change must be complete. */
export function changedPrice(price: string, bulk: Bulk): string | null {
  const was = asUnits(price);
  let next: bigint;
  if (bulk.way === "percent") {
    const points = asUnits(asDecimal(bulk.value, PERCENT_PLACES) ?? "0") / 100n;
    next = divided(was * (WHOLE + (bulk.down ? -points : points)), WHOLE);
  } else {
    const amount = asUnits(asDecimal(bulk.value, PRICE_PLACES) ?? "0");
    next = bulk.way === "set" ? amount : was + (bulk.down ? -amount : amount);
  }
  if (next <= 0n) return null;
  const whole = rounded(next, bulk);
  return whole > 0n && whole <= HIGHEST ? asPrice(whole) : null;
}

export interface BulkRow {
  key: string;
  /** What the change begins with. */
  price: string;
  /** What stands there now. */
  current: string;
}

export interface BulkPreview {
  changes: { key: string; from: string; to: string }[];
  /** Rows whose price stays what it is. */
  same: number;
  /** Rows that would cost nothing, or more than a price may be. */
  impossible: number;
  average: string | null;
}

/** What the change would do, before it is done. */
export function previewOf(rows: readonly BulkRow[], bulk: Bulk): BulkPreview {
  const preview: BulkPreview = { changes: [], same: 0, impossible: 0, average: null };
  const pairs: [bigint, bigint][] = [];
  for (const { key, price, current } of rows) {
    const to = changedPrice(price, bulk);
    if (to === null) preview.impossible += 1;
    else {
      pairs.push([asUnits(price), asUnits(to)]);
      if (asUnits(to) === asUnits(current)) preview.same += 1;
      else preview.changes.push({ key, from: current, to });
    }
  }
  return { ...preview, average: averagePercent(pairs) };
}
