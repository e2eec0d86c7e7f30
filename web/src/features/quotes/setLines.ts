import { randomKey } from "../../api/ids";
import type { FilledSetLine, QuoteDraft } from "../../api/types";
import { asDecimal, trimZeros } from "../../parts/format";
import { type DraftLine, ownProduct } from "./draftModel";

/** What a person decides about the lines of a list that are looked at, by their place in the list. */
export interface SetChoices {
  /** Lines that are put in or left out against what is usual. */
  taken: Record<number, boolean>;
  /** Unit prices of what stands outside the catalogue, as they are typed. */
  prices: Record<number, string>;
}

export const NO_CHOICES: SetChoices = { taken: {}, prices: {} };

const PRICE_PLACES = 4;
const has = (line: FilledSetLine, code: string) => line.said.some((note) => note.code === code);

/** Whether a line asks to be looked at before it goes into the draft. */
export const isToldOf = (line: FilledSetLine) => line.said.length > 0;

/** Whether a line goes in as things stand: what has no price only when it is asked for. */
export function isTaken(line: FilledSetLine, place: number, choices: SetChoices): boolean {
  if (!line.usable) return false;
  if (line.own) return asDecimal(choices.prices[place] ?? "", PRICE_PLACES) !== null;
  return choices.taken[place] ?? !has(line, "no_price");
}

/** The lines that go into the draft, each with an id of its own. */
export const takenLines = (lines: FilledSetLine[], choices: SetChoices): DraftLine[] =>
  lines.flatMap((line, place) =>
    isTaken(line, place, choices) ? [lineOf(line, choices.prices[place])] : [],
  );

/** The lines that go into the draft as the server prices them; each id is the place in the list. */
export const priceInputs = (lines: FilledSetLine[], choices: SetChoices): QuoteDraft["lines"] =>
  lines.flatMap((line, place) => {
    if (!isTaken(line, place, choices)) return [];
    const { product, own, qty, unit } = lineOf(line, choices.prices[place]);
    return [{ id: String(place), product_id: own ? undefined : product.id, own, qty, unit, note: "" }];
  });

function lineOf(line: FilledSetLine, price: string | undefined): DraftLine {
  const shared = {
    id: randomKey(),
    qty: trimZeros(line.qty),
    unit: line.unit,
    note: line.note,
    group: line.group || undefined,
  };
  if (!line.own) return { ...shared, product: line.product };
  const own = { ...line.own, price: asDecimal(price ?? "", PRICE_PLACES) ?? "0", supplier: "" };
  return { ...shared, product: ownProduct(own, line.unit), own };
}
