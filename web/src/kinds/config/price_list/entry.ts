import type { Content } from "../../../api/types";

/** One row of a price list. */
export interface PriceRow {
  product: number;
  unit: string | null;
  min_qty: string | null;
  price: string;
  from: string | null;
  to: string | null;
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
});

export const asShown = (shown: Record<string, unknown>): ShownProduct => ({
  product_code: text(shown.product_code) ?? "",
  product_name: text(shown.product_name) ?? "",
  spec: text(shown.spec) ?? "",
  base_unit: text(shown.base_unit) ?? "",
});
