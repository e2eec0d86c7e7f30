import { expect, it } from "vitest";
import type { DraftRow } from "../../../api/types";
import { countsOf, NO_FILTERS, shownKeys } from "./filter";

const row = (
  key: string,
  before: string | null,
  now: string | null,
  patch: Partial<DraftRow> = {},
): DraftRow => {
  const content = (price: string | null) => (price === null ? null : { product: key.length, price });
  const change = before === now ? "same" : before === null ? "added" : now === null ? "removed" : "changed";
  const shown = { product_code: key, product_name: `货${key}`, spec: "12mm", base_unit: "张" };
  return {
    key,
    before: content(before),
    content: content(now),
    change,
    delta: null,
    delta_percent: null,
    shown,
    ...patch,
  };
};

const ROWS = [
  row("", "0", "0"),
  row("A", "100", "103"),
  row("BB", "100", "90"),
  row("C", "100", "100"),
  row("D", null, "50"),
  row("E", "100", null),
];
const none = () => false;

it("counts every kind of change, and leaves the row of the whole list out", () => {
  expect(countsOf(ROWS, (key) => key === "C")).toEqual({
    changed: 4,
    raised: 1,
    lowered: 1,
    added: 1,
    removed: 1,
    faulty: 1,
  });
  expect(shownKeys(ROWS, NO_FILTERS, null, none)).toEqual(["A", "BB", "C", "D", "E"]);
});

it("puts the breaks of a product in the order of their quantities", () => {
  const breaks = ["P1", "P1||15000", "P1||2000", "P10", "P2"].map((key) => row(key, "1", "1"));
  expect(shownKeys(breaks, NO_FILTERS, null, none)).toEqual(["P1", "P1||2000", "P1||15000", "P2", "P10"]);
});

it("finds words of code, name and spec", () => {
  expect(shownKeys(ROWS, { ...NO_FILTERS, text: "bb 12MM" }, null, none)).toEqual(["BB"]);
});

it("shows what moves by more than so many percent, either way", () => {
  expect(shownKeys(ROWS, { ...NO_FILTERS, only: "changed", over: "3" }, null, none)).toEqual(["BB"]);
  expect(shownKeys(ROWS, { ...NO_FILTERS, only: "changed", over: "2.9" }, null, none)).toEqual(["A", "BB"]);
});

it("sorts figures as figures and rows without one at the beginning", () => {
  const sorted = shownKeys(ROWS, NO_FILTERS, { column: "delta", descending: true }, none);
  expect(sorted.slice(0, 2)).toEqual(["A", "BB"]);
  expect(shownKeys(ROWS, NO_FILTERS, { column: "price", descending: false }, none)).toEqual([
    "E",
    "D",
    "BB",
    "C",
    "A",
  ]);
});

it("keeps to the products of a category", () => {
  expect(shownKeys(ROWS, { ...NO_FILTERS, products: new Set([2]) }, null, none)).toEqual(["BB"]);
});
