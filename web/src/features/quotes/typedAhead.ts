import { asDecimal } from "../../parts/format";
import { looksLikeCode } from "./codes";

const QTY_PLACES = 3;

/** Whether this is rather so many of something than the search for a product. */
export const looksLikeQty = (text: string) => /^\d{1,5}(\.\d{1,3})?$/.test(text.trim());

export interface TypedAhead {
  qty: string | undefined;
  /** Where the hands are by now. */
  cell: "qty" | "next";
  /** What was struck there since, with its Enters. */
  rest: string;
}

/**
 * What was struck after a product's Enter, before its answer had come: the quantity, and from the next Enter on
 * the product of the next line. The unit is Tab away: Enter means the same for every product. A scanner strikes the
 * next code at once: that is no quantity.
 */
export function readAhead(keys: string): TypedAhead {
  const [first = "", ...after] = keys.split("\n");
  if (looksLikeCode(first)) return { qty: undefined, cell: "next", rest: keys };
  const qty = asDecimal(first, QTY_PLACES) ?? undefined;
  if (after.length === 0) return { qty, cell: "qty", rest: "" };
  return { qty, cell: "next", rest: after.join("\n").replace(/^\n+/, "") };
}

/** The keys struck so far and one more; null when the key is none that is typed. */
export function struck(keys: string, key: string): string | null {
  if (key === "Enter") return `${keys}\n`;
  if (key === "Backspace") return keys.slice(0, -1);
  return key.length === 1 ? keys + key : null;
}
