import type { PricedLine } from "../../api/types";
import type { DraftLine } from "./draftModel";

/** A line whose price by hand lies so far above that of the rules that it may be a slip. */
export interface FarAbove {
  id: string;
  /** Its place in the draft, the first line being 1. */
  row: number;
  name: string;
  /** What was typed. */
  price: string;
  /** What the rules give. */
  system: string;
  /** How far it lies above; null while the server has not yet priced what was typed. */
  percent: string | null;
}

/** The lines of the draft that are asked about before issue; from which price on, the server says. */
export function farAboveOf(lines: readonly DraftLine[], priced: readonly PricedLine[]): FarAbove[] {
  const figures = new Map(priced.map((one) => [one.id, one]));
  return lines.flatMap(({ id, product, manual }, at) => {
    const now = figures.get(id);
    const price = manual?.unit_price;
    if (price == null || now?.unit_price == null || now.ask_above == null) return [];
    if (now.product.id !== product.id || !(Number(price) > Number(now.ask_above))) return [];
    const saved = now.manual?.unit_price;
    const told = saved != null && Number(saved) === Number(price);
    const percent = told ? (now.percent_above ?? null) : null;
    return [{ id, row: at + 1, name: product.name, price, system: now.unit_price, percent }];
  });
}
