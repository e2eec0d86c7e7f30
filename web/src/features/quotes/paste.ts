import { client, read } from "../../api/client";
import { randomKey } from "../../api/ids";
import type { ProductRow } from "../../api/types";
import { asDecimal, trimZeros } from "../../parts/format";
import { quickText } from "../../text/quick";
import { asLineProduct } from "./draftModel";
import { type PastedChoice, qtyRead } from "./pastedLines";

/** A row of a sheet as it was read. */
export interface PastedLine {
  text: string;
  term: string;
  /** Empty: what stands there is no clear number. */
  qty: string;
  unit: string | null;
}

const QTY_PLACES = 3;
const UNIT_CHARS = 4;
const AT_ONCE = 4;
const FOUND_MAX = 12;
export const PASTE_MAX = 500;

const numberIn = (cell: string) => asDecimal(cell, QTY_PLACES);
const RANGE = new RegExp(`^\\d+(\\.\\d+)?\\s*[${quickText.rangeSigns}]\\s*\\d`);
const isRange = (cell: string) => RANGE.test(cell);
const isUnit = (cell: string) => cell !== "" && cell.length <= UNIT_CHARS && !/\d/.test(cell);

/** A number and its unit in one cell: 20桶, 2吨半. */
function counted(cell: string): { qty: string; unit: string } | null {
  const [, figure = "", rest = ""] = /^([\d,.０-９]+)\s*([^\d０-９]+)$/.exec(cell) ?? [];
  const half = rest.endsWith(quickText.half) && rest.length > 1;
  const unit = half ? rest.slice(0, -1) : rest;
  const qty = numberIn(figure);
  if (qty === null || !isUnit(unit)) return null;
  if (!half) return { qty, unit };
  return qty.includes(".") ? null : { qty: `${qty}.5`, unit };
}

function cellsOf(line: string): string[] {
  const cells = line.includes("\t") ? line.split("\t") : line.split(/\s{2,}|[,，;；]/);
  const trimmed = cells.map((cell) => cell.trim());
  if (trimmed.length > 1) return trimmed;
  // 外墙漆 20 桶: parted by single spaces, the quantity stands at the end.
  const words = line.trim().split(/\s+/);
  const at = words.findIndex((word, place) => place > 0 && (numberIn(word) ?? counted(word)) !== null);
  if (at < 0 || words.length > at + 2) return trimmed;
  return [words.slice(0, at).join(" "), ...words.slice(at)];
}

function isHead(cells: string[]): boolean {
  const filled = cells.flatMap((cell) => cell.split(/\s+/)).filter((word) => word !== "");
  return filled.filter((word) => quickText.heads.includes(word)).length * 2 > filled.length;
}

/** How many, and in what: in the column of its head, else the first cell that is a quantity. */
function quantityOf(
  cells: string[],
  from: number,
  column: number | null,
): { qty: string; unit: string | null } {
  const rest = cells.slice(from);
  const at =
    column === null
      ? rest.findIndex((cell) => numberIn(cell) !== null || counted(cell) !== null || isRange(cell))
      : column - from;
  const cell = rest[at] ?? "";
  const whole = counted(cell);
  if (whole) return { qty: qtyRead(whole.qty, whole.unit), unit: whole.unit };
  // Without any quantity, what stands last may still be its unit.
  const last = () => rest.filter((one) => isUnit(one) && one.length <= 2).pop();
  const unit = (at < 0 ? last() : rest.slice(at + 1).find(isUnit)) ?? null;
  const figure = numberIn(cell);
  if (figure !== null) return { qty: trimZeros(figure), unit };
  return { qty: rest.every((one) => one === "") ? "1" : "", unit };
}

/** Lines copied from a sheet: in each the first text names the product, then come quantity and unit; heads are none. */
export function readPaste(text: string): PastedLine[] {
  const lines: PastedLine[] = [];
  let column: number | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const cells = cellsOf(raw);
    const first = cells.findIndex((cell) => cell !== "");
    if (first < 0) continue;
    if (isHead(cells)) {
      const at = cells.findIndex((cell) => quickText.qtyHeads.includes(cell));
      column = at < 0 ? null : at;
      continue;
    }
    const known = column !== null && column > first && raw.includes("\t") ? column : null;
    const { qty, unit } = quantityOf(cells, first + 1, known);
    lines.push({ text: cells.filter(Boolean).join(" "), term: cells[first] ?? "", qty, unit });
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

/** A row before it was looked up. */
export const unmatched = (line: PastedLine): PastedChoice => ({
  ...line,
  id: randomKey(),
  confidence: "none",
  products: [],
  productId: null,
  skipped: false,
});

async function matched(line: PastedChoice, customer: number): Promise<PastedChoice> {
  const page = await read(
    client.GET("/api/products", { params: { query: { q: line.term, customer, limit: FOUND_MAX } } }),
  );
  const product = theOne(line.term, page.items);
  return {
    ...line,
    confidence: product ? "sure" : page.items.length > 0 ? "likely" : "none",
    products: (product ? [product] : page.items).map(asLineProduct),
    productId: product?.id ?? null,
  };
}

/** Looks the pasted names up, a few at a time; what is not certain waits for the person to choose. */
export async function matchPaste(lines: PastedChoice[], customer: number): Promise<PastedChoice[]> {
  const choices: PastedChoice[] = [];
  for (let start = 0; start < lines.length; start += AT_ONCE) {
    const batch = lines.slice(start, start + AT_ONCE);
    choices.push(...(await Promise.all(batch.map((line) => matched(line, customer)))));
  }
  return choices;
}
