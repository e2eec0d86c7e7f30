import { expect, it } from "vitest";
import type { LineProduct } from "../../api/types";
import { quotesText } from "../../text/quotes";
import type { DraftLine } from "./draftModel";
import { splitOf } from "./split";

const line = (id: string, qty: string, unit: string): DraftLine => ({
  id,
  product: { id: 7, name: "净味内墙乳胶漆" } as LineProduct,
  qty,
  unit,
  note: "",
});

it("finds what is counted and not whole, with its place", () => {
  const lines = [
    line("a", "7", "桶"),
    line("b", "3.5", "㎡"),
    line("c", "7.5", "桶"),
    line("d", "0.125", "卷"),
  ];
  expect(splitOf(lines)).toEqual([
    { id: "c", row: 3, qty: "7.5", unit: "桶" },
    { id: "d", row: 4, qty: "0.125", unit: "卷" },
  ]);
  expect(splitOf(lines).map(quotesText.split)).toEqual([
    "第 3 行：7.5 桶不是整桶，出具前请确认",
    "第 4 行：0.125 卷不是整卷，出具前请确认",
  ]);
});

it("says nothing of whole quantities, however they are written, and of what is measured", () => {
  for (const qty of ["7", "7.0", "70.000", "0"]) expect(splitOf([line("a", qty, "桶")])).toEqual([]);
  for (const unit of ["㎡", "m", "米", "kg", "公斤", "吨", "t", "m³", "升", "延米", "车"]) {
    expect(splitOf([line("a", "7.5", unit)])).toEqual([]);
  }
});
