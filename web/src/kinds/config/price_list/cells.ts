import type { Content, DraftRow } from "../../../api/types";
import { asDecimal, foldNumber, signed, trimZeros } from "../../../parts/format";
import { pricesText } from "../../../text/prices";
import { asPrice, asUnits, percentBetween } from "./decimal";
import { asEntry, asShown, isPlain, type PriceRow, withEntry, wordsOf } from "./entry";

export const COLUMNS = [
  "code",
  "product",
  "unit",
  "now",
  "delta",
  "price",
  "min_qty",
  "from",
  "to",
  "note",
] as const;

export type ColumnId = (typeof COLUMNS)[number];

/** Columns from here on can be changed. */
export const FIRST_EDITABLE = COLUMNS.indexOf("price");
export const isEditable = (col: number) => col >= FIRST_EDITABLE;

export type RowState = "same" | "raised" | "lowered" | "otherwise" | "added" | "removed";

/** What the draft does to a row. */
export function stateOf(row: DraftRow): RowState {
  if (row.change !== "changed") return row.change;
  if (!row.content || !row.before || !isPlain(row.content) || !isPlain(row.before)) return "otherwise";
  const step = asUnits(asEntry(row.content).price) - asUnits(asEntry(row.before).price);
  if (step === 0n) return "otherwise";
  return step > 0n ? "raised" : "lowered";
}

/** By how much the price moves, "+3.2"; null when it does not. */
export function percentOf(row: DraftRow): string | null {
  if (row.delta_percent !== null) return row.delta_percent;
  const state = stateOf(row);
  if ((state !== "raised" && state !== "lowered") || !row.before || !row.content) return null;
  return percentBetween(asEntry(row.before).price, asEntry(row.content).price);
}

/** What stands in a cell, as it is read and copied. */
export function cellText(row: DraftRow, column: ColumnId): string {
  const content = row.content ?? row.before ?? {};
  const entry = asEntry(content);
  const shown = asShown(row.shown);
  switch (column) {
    case "code":
      return shown.product_code;
    case "product":
      return shown.product_name === ""
        ? wordsOf(row).goods
        : [shown.product_name, shown.spec].filter(Boolean).join(" ");
    case "unit":
      return entry.unit ?? shown.base_unit;
    case "now":
      return row.before ? wordsOf({ ...row, content: row.before }).gives : "";
    case "delta": {
      const percent = percentOf(row);
      const word = pricesText.states[stateOf(row)];
      return percent === null ? word : `${word} ${signed(trimZeros(percent))}%`;
    }
    case "price":
      if (row.content === null) return "";
      return isPlain(row.content) ? entry.price : wordsOf(row).gives;
    case "min_qty":
      return entry.min_qty === null ? "" : trimZeros(entry.min_qty);
    default:
      return entry[column] ?? "";
  }
}

/** The new content, or why the text cannot be taken. */
export type Written = { content: Content } | { fault: string };

/** Longest note of a price; the server holds the same. */
export const NOTE_LETTERS = 200;
const HIGHEST_QTY = 1_000_000_000;
const HIGHEST_PRICE = 100_000_000n * 10_000n;

/** Puts a typed or pasted text into a cell of a plain row. */
export function written(content: Content, column: ColumnId, text: string): Written {
  const said = text.trim();
  switch (column) {
    case "price": {
      const price = asDecimal(said, 4);
      if (price === null) return { fault: pricesText.badPrice(said) };
      if (asUnits(price) > HIGHEST_PRICE) return { fault: pricesText.tooHigh };
      return { content: withEntry(content, { price: asPrice(asUnits(price)) }) };
    }
    case "min_qty": {
      const qty = foldNumber(said) === "" ? "0" : asDecimal(said, 3);
      if (qty === null || Number(qty) > HIGHEST_QTY) return { fault: pricesText.badQty(said) };
      return { content: withEntry(content, { min_qty: Number(qty) === 0 ? null : trimZeros(qty) }) };
    }
    case "from":
    case "to":
      return writtenDay(content, column, said);
    case "note": {
      const note = said.replace(/\p{Cc}+/gu, " ");
      if ([...note].length > NOTE_LETTERS) return { fault: pricesText.longNote(NOTE_LETTERS) };
      return { content: withEntry(content, { note: note === "" ? null : note }) };
    }
    default:
      return { fault: pricesText.readOnly };
  }
}

function writtenDay(content: Content, column: "from" | "to", said: string): Written {
  const day = said === "" ? null : asDay(said);
  if (day === undefined) return { fault: pricesText.badDay(said) };
  const patch: Partial<PriceRow> = column === "from" ? { from: day } : { to: day };
  const { from, to } = { ...asEntry(content), ...patch };
  return from !== null && to !== null && from > to
    ? { fault: pricesText.endsBefore }
    : { content: withEntry(content, patch) };
}

/** A day as Excel or a person writes it; undefined when it is none. */
export function asDay(text: string): string | undefined {
  const folded = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const found =
    /^(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\u65e5?(\s+0{1,2}:00(:00)?)?$/.exec(
      folded,
    ) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(folded);
  if (!found) return undefined;
  const day = `${found[1]}-${found[2]?.padStart(2, "0")}-${found[3]?.padStart(2, "0")}`;
  const known = new Date(`${day}T00:00:00Z`);
  const year = Number(found[1]);
  if (Number.isNaN(known.getTime()) || year < 1970 || year > 2199) return undefined;
  return known.toISOString().slice(0, 10) === day ? day : undefined;
}
