import { expect, it } from "vitest";
import type { LineProduct } from "../../api/types";
import { type DraftDoc, inputOf, isCurrent, reduce, startHistory } from "./draftModel";

const paint: LineProduct = {
  id: 7,
  code: "P1",
  name: "外墙乳胶漆",
  spec: "18L",
  base_unit: "桶",
  units: [
    { unit: "桶", factor: "1" },
    { unit: "箱", factor: "4" },
  ],
  tax_rate: "13",
  customer_code: null,
};
const roller: LineProduct = {
  ...paint,
  id: 8,
  code: "P2",
  name: "滚筒",
  base_unit: "把",
  units: [{ unit: "把", factor: "1" }],
};
const empty: DraftDoc = { customerId: 1, validUntil: null, notes: "", lines: [] };

it("gives a new line one of the base unit, and undoes every change in turn", () => {
  let history = startHistory(empty);
  history = reduce(history, { kind: "add", id: "a", product: paint });
  history = reduce(history, { kind: "qty", id: "a", qty: "60" });
  history = reduce(history, { kind: "remove", id: "a" });
  expect(history.doc.lines).toHaveLength(0);
  history = reduce(history, { kind: "undo" });
  expect(history.doc.lines[0]?.qty).toBe("60");
  history = reduce(history, { kind: "undo" });
  expect(history.doc.lines[0]).toMatchObject({ qty: "1", unit: "桶" });
  history = reduce(history, { kind: "redo" });
  expect(history.doc.lines[0]?.qty).toBe("60");
});

it("keeps the unit of a swapped product only when the new one has it", () => {
  let history = startHistory(empty);
  history = reduce(history, { kind: "add", id: "a", product: paint, unit: "箱" });
  history = reduce(history, { kind: "swap", id: "a", product: roller });
  expect(history.doc.lines[0]?.unit).toBe("把");
});

it("undoes the keystrokes of one quantity together", () => {
  let history = reduce(startHistory(empty), { kind: "add", id: "a", product: paint });
  for (const qty of ["6", "60", "600"]) history = reduce(history, { kind: "qty", id: "a", qty });
  history = reduce(history, { kind: "undo" });
  expect(history.doc.lines[0]?.qty).toBe("1");
  history = reduce(history, { kind: "redo" });
  expect(history.doc.lines[0]?.qty).toBe("600");
});

it("keeps a line's note beside its quantity, and undoes its keystrokes together", () => {
  let history = reduce(startHistory(empty), { kind: "add", id: "a", product: paint });
  for (const note of ["分", "分两", "分两车"]) history = reduce(history, { kind: "note", id: "a", note });
  history = reduce(history, { kind: "qty", id: "a", qty: "2" });
  expect(inputOf(history.doc).lines[0]).toMatchObject({ qty: "2", note: "分两车" });
  history = reduce(reduce(history, { kind: "undo" }), { kind: "undo" });
  expect(inputOf(history.doc).lines[0]).toMatchObject({ qty: "1", note: "" });
});

it("does not fill the undo list with changes that change nothing", () => {
  let history = reduce(startHistory(empty), { kind: "add", id: "a", product: paint });
  history = reduce(history, { kind: "qty", id: "a", qty: "1" });
  expect(history.past).toHaveLength(1);
});

it("sends decisions only, never figures", () => {
  const { doc } = reduce(startHistory(empty), { kind: "add", id: "a", product: paint, qty: "2.5" });
  expect(inputOf(doc).lines).toEqual([{ id: "a", product_id: 7, qty: "2.5", unit: "桶", note: "" }]);
});

it("calls figures current only for the very product, quantity and unit", () => {
  const { doc } = reduce(startHistory(empty), { kind: "add", id: "a", product: paint, qty: "60" });
  const line = doc.lines[0];
  if (!line) throw new Error("no line");
  const priced = { id: "a", product: paint, qty: "60.000", unit: "桶" } as Parameters<typeof isCurrent>[1];
  expect(isCurrent(line, priced)).toBe(true);
  expect(isCurrent({ ...line, unit: "箱" }, priced)).toBe(false);
  expect(isCurrent({ ...line, qty: "61" }, priced)).toBe(false);
  expect(isCurrent(line, undefined)).toBe(false);
});
