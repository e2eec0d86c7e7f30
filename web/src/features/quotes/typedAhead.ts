import { asDecimal } from "../../parts/format";

const QTY_PLACES = 3;

export interface TypedAhead {
  qty: string | undefined;
  /** Where the hands are by now. */
  cell: "qty" | "next";
  /** What they have begun to type there. */
  rest: string;
}

/**
 * What was struck after a product's Enter, before its answer had come: the quantity, and from the next Enter on
 * the product of the next line. The unit is Tab away: Enter means the same for every product.
 */
export function readAhead(keys: string): TypedAhead {
  const [first = "", ...after] = keys.split("\n");
  const qty = asDecimal(first, QTY_PLACES) ?? undefined;
  if (after.length === 0) return { qty, cell: "qty", rest: "" };
  return { qty, cell: "next", rest: after[after.length - 1] ?? "" };
}

/** The keys struck so far and one more; null when the key is none that is typed. */
export function struck(keys: string, key: string): string | null {
  if (key === "Enter") return `${keys}\n`;
  if (key === "Backspace") return keys.slice(0, -1);
  return key.length === 1 ? keys + key : null;
}
