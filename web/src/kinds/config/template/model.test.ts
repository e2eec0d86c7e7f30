import { expect, test } from "vitest";
import type { DraftRow } from "../../../api/types";
import type { BlockRules } from "./blocks";
import { addable, moved, placedBlocks, readBlock, writeBlock } from "./model";
import { BLOCKS } from "./tests/sample";

const rulesOf = (key: string) => BLOCKS.find((rules) => rules.key === key) as BlockRules;

const row = (key: string, content: Record<string, unknown> | null): DraftRow => ({
  key,
  before: null,
  content,
  change: "same",
  delta: null,
  delta_percent: null,
  shown: {},
});

const ROWS = [
  row("", { page: "a4", language: "zh", accent: true }),
  row("bank", { order: 2, on: false }),
  row("lines", { order: 1, on: true, parts: ["qty"] }),
  row("text", null),
  row("totals", { order: 3, on: true }),
];

test("blocks stand in their order, without settings and what was taken out", () => {
  expect(placedBlocks(ROWS, BLOCKS).map((one) => one.key)).toEqual(["lines", "bank", "totals"]);
});

test("a move changes the two rows that trade places and nothing at the ends", () => {
  const blocks = placedBlocks(ROWS, BLOCKS);
  expect(moved(blocks, "totals", -1)).toEqual([
    { key: "totals", content: { order: 2, on: true } },
    { key: "bank", content: { order: 3, on: false } },
  ]);
  expect(moved(blocks, "lines", -1)).toEqual([]);
  expect(moved(blocks, "totals", 1)).toEqual([]);
});

test("a row is written as the server keeps it", () => {
  const lines = readBlock({ order: 1, on: true }, rulesOf("lines"));
  expect(lines.parts).toEqual(["code", "qty", "amount"]);
  const written = writeBlock(rulesOf("lines"), { ...lines, parts: ["amount", "qty"] });
  expect(written).toEqual({ order: 1, on: true, parts: ["qty", "amount"] });
  const notes = { ...readBlock({ order: 5, on: true }, rulesOf("notes")), heading: "约定" };
  expect(writeBlock(rulesOf("notes"), notes)).toEqual({ order: 5, on: true, heading: "约定" });
});

test("every block that does not stand there can be put in", () => {
  const names = addable(ROWS, BLOCKS).map((one) => one.rules.key);
  expect(names).toEqual(["letterhead", "notes", "text"]);
  const standing = BLOCKS.map(({ key }, at) => row(key, { order: at, on: false }));
  expect(addable(standing, BLOCKS)).toEqual([{ rules: rulesOf("text"), key: "text_2" }]);
  const newer = standing.filter((one) => one.key !== "totals");
  expect(addable(newer, BLOCKS)[0]).toEqual({ rules: rulesOf("totals"), key: "totals" });
});

test("nine own texts are the most", () => {
  const next = (rows: DraftRow[]) => addable(rows, BLOCKS).find((one) => one.rules.key === "text")?.key;
  expect(next(ROWS)).toBe("text");
  const all = ["text", ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `text_${n}`)];
  const rows = all.map((key, at) => row(key, { order: at, on: true }));
  expect(next(rows.slice(0, 3))).toBe("text_4");
  expect(next(rows)).toBeNull();
});
