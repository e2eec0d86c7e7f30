import type { PricedLine } from "../api/types";
import { agreeingText } from "../text/agreeing";
import { asFen, asYuan } from "./fen";
import { formatMoney } from "./format";

/** One row between what the goods come to and the totals. */
export interface Piece {
  label: string;
  /** Ready to be read, a reduction with its sign. */
  amount: string;
}

interface Reduced {
  lines: PricedLine[];
  /** What was taken off the whole by percent or amount, in yuan. */
  whole_off?: string;
  /** What was taken off the whole as 抹零, in yuan. */
  rounding_off?: string;
}

/** What is taken off, with its sign. */
export const reduction = (amount: string) =>
  amount.startsWith("-") ? `+${formatMoney(amount.slice(1))}` : formatMoney(`-${amount}`);

/** What one unit costs as it stands on paper: the price that somebody set by hand, else that of the rules. */
export const paperPrice = (line: PricedLine) => line.manual?.unit_price ?? line.unit_price;

/**
 * What the line comes to as the rules price it and after what is changed by hand, in yuan on the document's tax basis;
 * null without prices.
 */
export const aroundChange = (line: PricedLine) =>
  line.amount == null ? null : { before: line.amount, after: handSteps(line).at(-1)?.out ?? line.amount };

/** Whether something taken off the whole lies in what a line comes to, beside what was changed on the line itself. */
export const sharesWhole = (line: PricedLine) => handSteps(line).length > (line.manual ? 1 : 0);

const handSteps = (line: PricedLine) => line.trace.filter((step) => step.stage === "manual");

/**
 * A line before and after all that is taken off it, its share of the whole document's reductions among it, in yuan on
 * the document's tax basis. A unit price that was set by hand is the line's price and no reduction, as on paper. Null
 * without prices.
 */
function aroundHand(line: PricedLine): { before: string; after: string } | null {
  if (line.amount == null) return null;
  const steps = handSteps(line);
  const set = line.manual?.unit_price != null ? steps[0]?.out : undefined;
  return { before: set ?? line.amount, after: steps.at(-1)?.out ?? line.amount };
}

/** "优惠前 ¥3,285.00" of a line that something is taken off; null where nothing is. */
export function beforeReduction(line: PricedLine): string | null {
  const around = aroundHand(line);
  if (around === null || asFen(around.before) === asFen(around.after)) return null;
  const before = formatMoney(around.before);
  // Beside a sum with tax it says that it is without.
  return around.after === line.net ? agreeingText.before(before) : agreeingText.beforeUntaxed(before);
}

/** What the goods come to and what is taken off, in the order of the paper; empty where nothing is taken off. */
export function piecesOf({ lines, whole_off = "0.00", rounding_off = "0.00" }: Reduced): Piece[] {
  const around = lines.map(aroundHand).filter((one) => one !== null);
  const before = around.reduce((sum, one) => sum + asFen(one.before), 0n);
  const after = around.reduce((sum, one) => sum + asFen(one.after), 0n);
  const [whole, rounding] = [asFen(whole_off), asFen(rounding_off)];
  const taken = [
    { label: agreeingText.lineOff, fen: before - after - whole - rounding },
    { label: agreeingText.wholeOff, fen: whole },
    { label: agreeingText.rounding, fen: rounding },
  ].filter((row) => row.fen !== 0n);
  if (taken.length === 0) return [];
  return [
    { label: agreeingText.goods, amount: formatMoney(asYuan(before)) },
    ...taken.map((row) => ({ label: row.label, amount: reduction(asYuan(row.fen)) })),
  ];
}
