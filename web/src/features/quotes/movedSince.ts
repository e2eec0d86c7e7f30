import { useState } from "react";
import type { Quote, Repriced } from "../../api/types";
import { priceOf, type RepricedLine } from "./sincePrevious";

/** Prices that moved; no old total and no differences where the draft holds something else by now than when they moved. */
export type Moved = Omit<Repriced, "old" | "difference"> & {
  old: Repriced["old"] | null;
  difference: string | null;
};

type Figures = Pick<Quote, "lines" | "totals">;

/** Everything that the sums of a quotation consist of. */
const figuresOf = ({ lines, totals }: Figures) =>
  JSON.stringify([
    totals,
    lines.map(({ id, product, qty, unit, unit_price, net, manual }) => [
      id,
      product.id,
      qty,
      unit,
      unit_price,
      net,
      manual,
    ]),
  ]);

/** The line as it is now, where it is still the same goods at a price that moved; its old sum was one of another quantity. */
function lineSince(told: RepricedLine, shown: Figures, now: Figures): RepricedLine[] {
  const was = shown.lines.find(({ id }) => id === told.id);
  const line = now.lines.find(({ id }) => id === told.id);
  if (!was || !line || was.product.id !== line.product.id || was.unit !== line.unit) return [];
  const counted = { ...told, qty: line.qty, difference: null };
  const same = JSON.stringify(was.manual) === JSON.stringify(line.manual);
  if (told.hand !== null) return same && told.new_unit_price === line.unit_price ? [counted] : [];
  if (!same || priceOf(line) === told.old_unit_price) return [];
  return [{ ...counted, new_unit_price: priceOf(line), refusal: line.refusal }];
}

/**
 * What moved before the draft was opened as `shown`, told of the draft as it is `now`: with old and new total while it
 * holds the same, else line by line beside the total of now; null where nothing of it is left.
 */
export function movedSince(told: Repriced | null, shown: Figures, now: Figures): Moved | null {
  if (!told || figuresOf(shown) === figuresOf(now)) return told;
  const lines = told.lines.flatMap((line) => lineSince(line, shown, now));
  // The new prices are saved by now: there is nothing to agree to beside the total.
  return lines.length === 0 ? null : { agree: "", difference: null, lines, old: null, new: now.totals };
}

/** What is told of moved prices until it is put away, counted from the draft as it is; a later reading may tell anew. */
export function useMoved(quote: Quote) {
  const [told, setTold] = useState({ moved: quote.moved, shown: quote, known: false });
  if (quote.moved !== null && quote.moved !== told.moved) {
    setTold({ moved: quote.moved, shown: quote, known: false });
  }
  return {
    moved: told.known ? null : movedSince(told.moved, told.shown, quote),
    onKnown: () => setTold({ ...told, known: true }),
  };
}
