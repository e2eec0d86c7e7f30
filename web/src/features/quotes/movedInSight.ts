import type { PricedLine, Quote, Repriced } from "../../api/types";
import { type DraftDoc, docOf } from "./draftModel";
import { minus, oldAndNew, priceOf, type RepricedLine } from "./sincePrevious";

type Sight = Pick<Quote, "lines" | "totals">;

/** What decides the prices of all lines. */
const basisOf = ({ customerId, terms }: DraftDoc) =>
  JSON.stringify([customerId, terms?.includes_tax ?? null]);

/** Everything typed that figures hang on; remarks, rooms and days are not among it. */
const figuresOf = (doc: DraftDoc) =>
  JSON.stringify([
    basisOf(doc),
    doc.whole ?? null,
    doc.lines.map(({ id, product, qty, unit, manual, own }) => [id, product.id, qty, unit, manual, own]),
  ]);

/** How much is asked of a line's product in all its lines: another quantity may have another price. */
const askedOf = (line: PricedLine, lines: readonly PricedLine[]) =>
  JSON.stringify(
    lines
      .filter(({ product }) => product.id === line.product.id)
      .map(({ qty, unit }) => `${qty} ${unit}`)
      .sort(),
  );

/** Whether a rule that gave the price then and now was published anew between. */
function ruledAnew(old: PricedLine, line: PricedLine): boolean {
  const then = new Map(old.trace.map(({ stage, rule, rev }) => [`${stage} ${rule}`, rev]));
  return line.trace.some(({ stage, rule, rev }) => {
    const before = then.get(`${stage} ${rule}`);
    return before != null && rev != null && before !== rev;
  });
}

/** Whether the line's price moved though nothing was typed that moves it. */
function movedBeside(old: PricedLine, line: PricedLine, shown: Sight, saved: Sight): boolean {
  if (old.product.id !== line.product.id || old.unit !== line.unit || line.own || old.own) return false;
  // A price set by hand is the person's own.
  if (line.manual?.unit_price || old.unit_price === line.unit_price) return false;
  return askedOf(old, shown.lines) === askedOf(line, saved.lines) || ruledAnew(old, line);
}

/**
 * Old and new figures where the prices of `saved` are not those of `shown`, though nobody typed that; null where all
 * that differs comes from what was typed between.
 */
export function movedInSight(shown: Quote, saved: Quote): Repriced | null {
  if (shown === saved) return null;
  const [before, after] = [docOf(shown), docOf(saved)];
  const typed = figuresOf(before) !== figuresOf(after);
  if (basisOf(before) !== basisOf(after)) return null;
  const old = new Map(shown.lines.map((line) => [line.id, line]));
  const lines = saved.lines.flatMap((line): RepricedLine[] => {
    const was = old.get(line.id);
    if (!was) return [];
    const moved = typed
      ? movedBeside(was, line, shown, saved)
      : priceOf(was) !== priceOf(line) || was.net !== line.net;
    return moved ? [oldAndNew(was, line)] : [];
  });
  if (lines.length === 0 && (typed || shown.totals.net === saved.totals.net)) return null;
  const difference = minus(saved.totals.net, shown.totals.net);
  return { agree: "", difference, lines, old: shown.totals, new: saved.totals };
}
