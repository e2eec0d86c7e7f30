import { randomKey } from "../../api/ids";
import type { PastedThing } from "../../api/types";
import { trimZeros } from "../../parts/format";
import type { DraftLine } from "./draftModel";

/** What a person decides about one pasted thing; no product: it is left out. */
export interface PastedChoice {
  thing: PastedThing;
  productId: number | null;
  qty: string;
  unit: string | null;
}

/** What the server proposes, ready to be looked through. */
export const choiceOf = (thing: PastedThing): PastedChoice => ({
  thing,
  productId: thing.products[0]?.id ?? null,
  qty: thing.qty === null ? "1" : trimZeros(thing.qty),
  unit: thing.unit,
});

/** The chosen things as lines of a draft, in their order. */
export function linesOf(choices: PastedChoice[]): DraftLine[] {
  return choices.flatMap(({ thing, productId, qty, unit }) => {
    const product = thing.products.find(({ id }) => id === productId);
    if (product === undefined) return [];
    const known = product.units.find((one) => one.unit === unit)?.unit;
    return [{ id: randomKey(), product, qty, unit: known ?? product.base_unit, note: "" }];
  });
}
