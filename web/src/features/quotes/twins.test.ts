import { expect, it } from "vitest";
import type { LineProduct } from "../../api/types";
import { type DraftDoc, type DraftLine, reduce, startHistory } from "./draftModel";
import { twinsOf } from "./twins";

const paint: LineProduct = {
  id: 7,
  code: "NQ0101",
  name: "净味内墙乳胶漆",
  spec: "5L",
  base_unit: "桶",
  units: [
    { unit: "桶", factor: "1" },
    { unit: "箱", factor: "4" },
  ],
  tax_rate: "13",
  customer_code: null,
};
const line = (id: string, more: Partial<DraftLine> = {}): DraftLine => ({
  id,
  product: paint,
  qty: "1",
  unit: "桶",
  note: "",
  ...more,
});
const docOf = (...lines: DraftLine[]): DraftDoc => ({ customerId: 1, validUntil: null, notes: "", lines });

it("finds the lines of one product that could be one, with their places", () => {
  const tape = { ...paint, id: 9, name: "美纹纸" };
  const lines = [line("a"), line("b", { product: tape }), line("c", { qty: "20" }), line("d")];
  expect(twinsOf(lines)).toEqual([{ name: "净味内墙乳胶漆", rows: [1, 3, 4], ids: ["a", "c", "d"] }]);
  const priced = [
    line("a", { manual: { unit_price: "90.00" } }),
    line("b", { manual: { unit_price: "90" } }),
  ];
  expect(twinsOf(priced)).toHaveLength(1);
});

it("leaves apart what differs in unit, price, room or remark, and what is no product of the catalogue", () => {
  const own = { kind: "freight", name: "运费", price: "50" } as DraftLine["own"];
  for (const other of [
    { unit: "箱" },
    { manual: { unit_price: "90" } },
    { manual: { percent_off: "2" } },
    { group: "二楼" },
    { note: "分两车" },
    { own },
  ]) {
    expect(twinsOf([line("a"), line("b", other)])).toEqual([]);
  }
  const off = { manual: { amount_off: "5" } };
  expect(twinsOf([line("a", off), line("b", off)])).toEqual([]);
});

it("adds the quantities into the first line, exactly, and can be undone in one step", () => {
  const doc = docOf(line("a", { qty: "0.1" }), line("b", { group: "二楼" }), line("c", { qty: "20.25" }));
  const after = reduce(startHistory(doc), { kind: "join", ids: ["a", "c"] });
  expect(after.doc.lines.map(({ id, qty }) => [id, qty])).toEqual([
    ["a", "20.35"],
    ["b", "1"],
  ]);
  expect(reduce(after, { kind: "undo" }).doc).toEqual(doc);
});
