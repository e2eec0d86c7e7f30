import { randomKey } from "../../api/ids";
import type { LineProduct, PastedThing } from "../../api/types";
import { trimZeros } from "../../parts/format";
import { quickText } from "../../text/quick";
import type { DraftLine } from "./draftModel";

/** A pasted thing on its way into a draft, and what a person decided about it so far. */
export interface PastedChoice {
  id: string;
  /** As it was pasted. */
  text: string;
  /** What of it names the goods. */
  term: string;
  /** `sure`, `likely` (to be chosen by a person) or `none`. */
  confidence: string;
  /** What it may mean, the best first; what was found by hand comes in front. */
  products: LineProduct[];
  /** Null: not chosen yet. */
  productId: number | null;
  /** Empty: no number was said, or none that is clear; it is to be filled in. */
  qty: string;
  /** As it was said, until another one is chosen; null: the base unit. */
  unit: string | null;
  /** Put aside by the person. */
  skipped: boolean;
}

/** What still has to be decided before a line can go in. */
export type Lack = "product" | "unit" | "qty";

const isPart = (qty: string) => /\.\d*[1-9]/.test(qty);

/** The unit as the product writes it; undefined when it is not sold in it. */
export function unitOf(product: LineProduct, said: string | null): string | undefined {
  if (said === null) return product.base_unit;
  const alike = quickText.sameUnits.find((group) => group.includes(said.toLowerCase())) ?? [said];
  const own = product.units.find(({ unit }) => unit.toLowerCase() === said.toLowerCase());
  return (own ?? product.units.find(({ unit }) => alike.includes(unit.toLowerCase())))?.unit;
}

/** The quantity that was read; empty where parts of a unit were said that is handed over whole. */
export const qtyRead = (qty: string | null, unit: string | null) => {
  const read = qty === null ? "" : trimZeros(qty);
  return isPart(read) && !quickText.partUnits.includes((unit ?? "").toLowerCase()) ? "" : read;
};

/** What the server proposes; what it is not sure of waits for a person to choose. */
export const choiceOf = (thing: PastedThing): PastedChoice => ({
  id: randomKey(),
  text: thing.text,
  term: thing.words,
  confidence: thing.confidence,
  products: thing.products,
  productId: thing.confidence === "sure" ? (thing.products[0]?.id ?? null) : null,
  qty: qtyRead(thing.qty, thing.unit),
  unit: thing.unit,
  skipped: false,
});

export const productOf = ({ products, productId }: PastedChoice) =>
  products.find(({ id }) => id === productId);

/** What is missing first; null: it can go in. */
export function lackOf(choice: PastedChoice): Lack | null {
  const product = productOf(choice);
  if (product === undefined) return "product";
  if (unitOf(product, choice.unit) === undefined) return "unit";
  return Number(choice.qty) > 0 ? null : "qty";
}

/** Why a line is still open, in words that are true of it. */
export function whyOpen(choice: PastedChoice): string {
  const lack = lackOf(choice);
  if (lack === "unit") return quickText.notSoldIn(choice.unit ?? "");
  if (lack === "qty") return quickText.qtyUnclear;
  if (lack === null) return "";
  const [first] = choice.products;
  if (first === undefined) return quickText.foundNone;
  const sizes = choice.products.every(({ name }) => name === first.name);
  if (choice.products.length === 1) return quickText.maybeOne;
  return sizes ? quickText.sizes(choice.products.length) : quickText.several(choice.products.length);
}

/** What goes in as it stands, and what stays open; what was put aside is in neither. */
export function sorted(choices: PastedChoice[]): { lines: DraftLine[]; open: PastedChoice[] } {
  const wanted = choices.filter(({ skipped }) => !skipped);
  return { lines: linesOf(wanted), open: wanted.filter((choice) => lackOf(choice) !== null) };
}

/** The things of which everything is known as lines of a draft, in their order. */
export function linesOf(choices: PastedChoice[]): DraftLine[] {
  return choices.flatMap((choice) => {
    const product = productOf(choice);
    const unit = product && unitOf(product, choice.unit);
    if (choice.skipped || product === undefined || unit === undefined || lackOf(choice) !== null) return [];
    return [{ id: randomKey(), product, qty: choice.qty, unit, note: "" }];
  });
}

/** A product that was found by hand is what the line means. */
export const foundByHand = (choice: PastedChoice, product: LineProduct): PastedChoice => ({
  ...choice,
  products: [product, ...choice.products.filter(({ id }) => id !== product.id)],
  productId: product.id,
});
