import { client, read } from "../../api/client";
import { randomKey } from "../../api/ids";
import type { ProductRow } from "../../api/types";
import { asDecimal } from "../../parts/format";
import { asLineProduct, type DraftLine } from "./draftModel";

export interface PastedLine {
  term: string;
  qty: string;
  unit: string | null;
}

const QTY_PLACES = 3;
const UNIT_CHARS = 4;
const AT_ONCE = 4;
export const PASTE_MAX = 500;

function cellsOf(line: string): string[] {
  const cells = line.includes("\t") ? line.split("\t") : line.split(/\s{2,}|[,，;；]/);
  return cells.map((cell) => cell.trim());
}

/** Lines copied from a sheet: in each the first text names the product, then come quantity and unit. */
export function readPaste(text: string): PastedLine[] {
  const lines: PastedLine[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const cells = cellsOf(raw);
    const first = cells.findIndex((cell) => cell !== "");
    if (first < 0) continue;
    const rest = cells.slice(first + 1);
    const at = rest.findIndex((cell) => asDecimal(cell, QTY_PLACES) !== null);
    const quantity = at < 0 ? null : asDecimal(rest[at] ?? "", QTY_PLACES);
    const unit =
      at < 0
        ? undefined
        : rest
            .slice(at + 1)
            .find((cell) => cell !== "" && cell.length <= UNIT_CHARS && asDecimal(cell, 4) === null);
    lines.push({ term: cells[first] ?? "", qty: quantity ?? "1", unit: unit ?? null });
  }
  return lines.slice(0, PASTE_MAX);
}

/** Whether a pasted text is more than one name typed into one field. */
export const isTable = (text: string) => /[\t\n]/.test(text.trim());

/** The one product a pasted name can only mean; null when none or several fit. */
export function theOne(term: string, found: ProductRow[]): ProductRow | null {
  const wanted = term.toLowerCase();
  const exact = found.filter(
    (row) =>
      row.code.toLowerCase() === wanted ||
      row.name.toLowerCase() === wanted ||
      row.barcodes.some((barcode) => barcode.code === term),
  );
  if (exact.length > 0) return exact.length === 1 ? (exact[0] ?? null) : null;
  return found.length === 1 ? (found[0] ?? null) : null;
}

async function matched(line: PastedLine, customer: number): Promise<DraftLine | null> {
  const page = await read(
    client.GET("/api/products", { params: { query: { q: line.term, customer, limit: 5 } } }),
  );
  const product = theOne(line.term, page.items);
  if (product === null) return null;
  const known = product.units.some((unit) => unit.unit === line.unit);
  return {
    id: randomKey(),
    product: asLineProduct(product),
    qty: line.qty,
    unit: known && line.unit ? line.unit : product.base_unit,
    note: "",
  };
}

/** Looks the pasted names up, a few at a time; what is not certain is given back for the person to choose. */
export async function matchPaste(
  lines: PastedLine[],
  customer: number,
): Promise<{ lines: DraftLine[]; left: PastedLine[] }> {
  const results: (DraftLine | null)[] = [];
  for (let start = 0; start < lines.length; start += AT_ONCE) {
    const batch = lines.slice(start, start + AT_ONCE);
    results.push(...(await Promise.all(batch.map((line) => matched(line, customer)))));
  }
  return {
    lines: results.filter((line): line is DraftLine => line !== null),
    left: lines.filter((_, index) => results[index] === null),
  };
}
