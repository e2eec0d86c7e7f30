import type { ProductRow } from "../api/types";

/** Where a picture of a product is, large or small. */
export const pictureSource = (product: number, file: string) => `/api/products/${product}/pictures/${file}`;

/** The small main picture of a product in a list. */
export const thumbOf = (row: Pick<ProductRow, "id" | "thumb">) =>
  row.thumb ? pictureSource(row.id, row.thumb) : null;
