import type { ProductRow } from "../../api/types";
import type { DraftDoc, DraftLine } from "./draftModel";
import { stepped } from "./QtyStepper";
import type { ChangeDraft } from "./useQuoteDraft";

/** More of one product nobody quotes: the server refuses it. */
const QTY_MAX = 10_000_000;

/** Whether digits are what stands on a package, typed by a scanner, and no quantity. */
export const looksLikeCode = (text: string): boolean =>
  /^\d{8,14}$/.test(text.trim()) && Number(text.trim()) > QTY_MAX;

/** How one code is written: a UPC of twelve digits is the EAN of thirteen that begins with a zero. */
export function spellings(code: string): string[] {
  const plain = code.trim();
  if (/^0\d{12}$/.test(plain)) return [plain, plain.slice(1)];
  if (/^\d{12}$/.test(plain)) return [plain, `0${plain}`];
  return [plain];
}

/** A product that bears a code, and the unit that the code stands on. */
export interface Hit {
  product: ProductRow;
  unit: string;
}

/** The unit on which this code stands; undefined when it is no barcode of the product. */
export function unitOfCode(product: Pick<ProductRow, "barcodes">, code: string): string | undefined {
  const ways = spellings(code);
  return product.barcodes.find((one) => ways.includes(one.code))?.unit;
}

/** The products that bear exactly this code: as a barcode, else as our code or the customer's own. */
export function hitsOf(rows: readonly ProductRow[], code: string): Hit[] {
  const byBarcode = rows.flatMap((product) => {
    const unit = unitOfCode(product, code);
    return unit === undefined ? [] : [{ product, unit }];
  });
  if (byBarcode.length > 0) return byBarcode;
  const plain = code.trim().toLowerCase();
  const named = (own: string | null) => own?.toLowerCase() === plain;
  const byName = rows.filter((product) => named(product.code) || named(product.customer_code));
  return byName.map((product) => ({ product, unit: product.base_unit }));
}

/** The line that one more of the same belongs to: same product, same unit, nothing agreed by hand. */
export const lineOf = (doc: DraftDoc, { product, unit }: Hit): DraftLine | undefined =>
  doc.lines.filter((line) => line.product.id === product.id && line.unit === unit && !line.own).pop();

/** One more of what was scanned: a line of its own the first time, one more in it each time after. Tells the quantity. */
export function addScanned(doc: DraftDoc, hit: Hit, id: string, change: ChangeDraft): string {
  const line = lineOf(doc, hit);
  if (!line) {
    change({ kind: "add", id, product: hit.product, unit: hit.unit });
    return "1";
  }
  const qty = stepped(line.qty, 1n);
  // Each step by itself, so that one scan too many is taken back alone.
  change({ kind: "line", id: line.id, patch: { qty } });
  return qty;
}

const SEEN_AGAIN_MS = 1200;

/** Lets a code that the camera sees pass once, and again only after it was out of sight: resting on it adds nothing. */
export class ScanGate {
  private readonly seen = new Map<string, number>();

  /** The codes in the picture that have newly come into sight; `now` in milliseconds. */
  pass(codes: readonly string[], now: number): string[] {
    const fresh = [...new Set(codes)].filter((code) => {
      const last = this.seen.get(code);
      return last === undefined || now - last > SEEN_AGAIN_MS;
    });
    for (const code of codes) this.seen.set(code, now);
    return fresh;
  }
}

export type CameraFault = "denied" | "none" | "busy" | "insecure" | "broken";

/** Why there is no picture, by the name of the browser's error. */
export function cameraFault(name: string | undefined): CameraFault {
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "broken";
  }
}
