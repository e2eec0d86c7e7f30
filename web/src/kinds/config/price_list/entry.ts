import type { Content, DraftRow } from "../../../api/types";
import { trimZeros } from "../../../parts/format";

/** One row of a price list. */
export interface PriceRow {
  product: number;
  unit: string | null;
  min_qty: string | null;
  price: string;
  from: string | null;
  to: string | null;
  note: string | null;
}

/** What the server adds so that a row can be read. */
export interface ShownProduct {
  product_code: string;
  product_name: string;
  spec: string;
  base_unit: string;
}

const text = (value: unknown) => (typeof value === "string" ? value : null);

export const asEntry = (content: Content): PriceRow => ({
  product: Number(content.product),
  unit: text(content.unit),
  min_qty: text(content.min_qty),
  price: text(content.price) ?? "",
  from: text(content.from),
  to: text(content.to),
  note: text(content.note),
});

export const asShown = (shown: Record<string, unknown>): ShownProduct => ({
  product_code: text(shown.product_code) ?? "",
  product_name: text(shown.product_name) ?? "",
  spec: text(shown.spec) ?? "",
  base_unit: text(shown.base_unit) ?? "",
});

/** The content with other values; what this screen does not know of the row is kept. */
export function withEntry(content: Content, patch: Partial<PriceRow>): Content {
  const { note, ...rest } = { ...content, ...patch };
  return note == null || note === "" ? rest : { ...rest, note };
}

/** Of many goods, or of a formula: read here, and changed in its sheet only. */
export const isPlain = (content: Content) =>
  content.goods == null && content.formula == null && typeof content.price === "string";

/** What a row that is not plain is about and gives, in the server's words. */
export const wordsOf = ({ key, shown, content, before }: DraftRow) => ({
  goods: asShown(shown).product_name || text(shown.goods) || key,
  gives: text(shown.formula) ?? text((content ?? before)?.price) ?? "",
});

/** The key that the server gives a plain row, as far as it depends on the row alone. */
export function keyOf(entry: PriceRow, shown: ShownProduct): string {
  const unit = entry.unit === shown.base_unit ? "" : (entry.unit ?? "");
  const qty = entry.min_qty === null ? "" : trimZeros(entry.min_qty);
  const key = [shown.product_code, unit, qty === "0" ? "" : qty, entry.from ?? ""].join("|");
  return key.replace(/\|+$/, "");
}

/** The same, beside what else is there: a product that was given the code of another one gets a number. */
export function freeKeyOf(
  entry: PriceRow,
  shown: ShownProduct,
  taken: (key: string) => Content | null | undefined,
): string {
  const plain = keyOf(entry, shown);
  const there = taken(plain);
  return there && asEntry(there).product !== entry.product ? `${plain}#${entry.product}` : plain;
}
