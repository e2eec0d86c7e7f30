import { expect, test } from "vitest";
import type { DraftRow } from "../../../api/types";
import { moved, nextTextKey, placedBlocks, readBlock, writeBlock } from "./model";

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
  expect(placedBlocks(ROWS).map((one) => one.key)).toEqual(["lines", "bank", "totals"]);
});

test("a move changes the two rows that trade places and nothing at the ends", () => {
  const blocks = placedBlocks(ROWS);
  expect(moved(blocks, "totals", -1)).toEqual([
    { key: "totals", content: { order: 2, on: true } },
    { key: "bank", content: { order: 3, on: false } },
  ]);
  expect(moved(blocks, "lines", -1)).toEqual([]);
  expect(moved(blocks, "totals", 1)).toEqual([]);
});

test("a row is written as the server keeps it", () => {
  const lines = readBlock("lines", { order: 1, on: true });
  expect(lines.parts).toHaveLength(9);
  const written = writeBlock("lines", { ...lines, parts: ["amount", "qty"] });
  expect(written).toEqual({ order: 1, on: true, parts: ["qty", "amount"] });
  const notes = { ...readBlock("notes", { order: 5, on: true }), heading: "约定" };
  expect(writeBlock("notes", notes)).toEqual({ order: 5, on: true, heading: "约定" });
});

test("nine own texts are the most", () => {
  expect(nextTextKey(ROWS)).toBe("text");
  const all = ["text", ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `text_${n}`)];
  const rows = all.map((key, at) => row(key, { order: at, on: true }));
  expect(nextTextKey(rows.slice(0, 3))).toBe("text_4");
  expect(nextTextKey(rows)).toBeNull();
});
