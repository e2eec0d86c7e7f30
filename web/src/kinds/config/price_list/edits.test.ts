import { expect, it } from "vitest";
import type { Content, DraftRow } from "../../../api/types";
import { pricesText } from "../../../text/prices";
import { asDay, COLUMNS, cellText, stateOf } from "./cells";
import { cleared, copied, filledDown, type Known, namesCodes, pasted, pastedByCode, typed } from "./edits";
import { at, type Selection } from "./range";
import { fromSheetText, toSheetText } from "./sheetText";

const PRICE = COLUMNS.indexOf("price");
const QTY = COLUMNS.indexOf("min_qty");
const NOTE = COLUMNS.indexOf("note");

const row = (code: string, price: string, patch: Content = {}): DraftRow => {
  const content = {
    product: Number(code.slice(1)),
    unit: null,
    min_qty: null,
    price,
    from: null,
    to: null,
    ...patch,
  };
  const shown = { product_code: code, product_name: `货${code}`, spec: "", base_unit: "张" };
  return { key: code, before: content, content, change: "same", delta: null, delta_percent: null, shown };
};

const ROWS = [row("P1", "10.00"), row("P2", "20.00"), row("P3", "30.00"), row("P4", "40.00")];
const knownOf = (rows: DraftRow[]): Known => ({
  content: (key) => rows.find((one) => one.key === key)?.content,
  taken: "taken",
});
const known = knownOf(ROWS);
const block = (top: number, left: number, bottom: number, right: number): Selection => ({
  ...at(top, left),
  to: { row: bottom, col: right },
});
const prices = (edits: { key: string; content: Content | null }[]) =>
  edits.map(({ key, content }) => [key, content?.price]);

it("reads what Excel puts on the clipboard, quotes and line breaks in cells too", () => {
  expect(fromSheetText("1\t2\r\n3\t4\r\n")).toEqual([
    ["1", "2"],
    ["3", "4"],
  ]);
  expect(fromSheetText('"a ""b""\nc"\td')).toEqual([['a "b"\nc', "d"]]);
  expect(fromSheetText('5" 管\t1')).toEqual([['5" 管', "1"]]);
  expect(fromSheetText('"5 管\t1')).toEqual([['"5 管', "1"]]);
  expect(fromSheetText("1\n\n3")).toEqual([["1"], [""], ["3"]]);
});

it("writes a range that is read back cell by cell", () => {
  const cells = [
    ["P1", 'a "b"', "x\ty"],
    ["", "1.50", "二\n三"],
  ];
  expect(fromSheetText(toSheetText(cells))).toEqual(cells);
});

it("copies what is selected, read-only columns too", () => {
  const cells = copied(ROWS, { top: 0, bottom: 1, left: 0, right: 3 });
  expect(cells).toEqual([
    ["P1", "货P1", "张", "10.00"],
    ["P2", "货P2", "张", "20.00"],
  ]);
});

it("takes prices as the server reads them, and names those it cannot read", () => {
  const plan = pasted(ROWS, at(0, PRICE), [["￥1,280.5"], ["１２．５元"], ["面议"], ["41"]], known);
  expect(prices(plan.edits)).toEqual([
    ["P1", "1280.50"],
    ["P2", "12.50"],
    ["P4", "41.00"],
  ]);
  expect(plan.faults.get("P3")).toContain("面议");
});

it("fills the whole selection from one cell, and repeats a smaller block where it fits", () => {
  expect(prices(pasted(ROWS, block(0, PRICE, 3, PRICE), [["9"]], known).edits)).toHaveLength(4);
  const plan = pasted(ROWS, block(0, PRICE, 3, PRICE), [["1"], ["2"]], known);
  expect(prices(plan.edits)).toEqual([
    ["P1", "1.00"],
    ["P2", "2.00"],
    ["P3", "1.00"],
    ["P4", "2.00"],
  ]);
});

it("moves a row to another key when its break changes, and refuses a place that is taken", () => {
  const plan = pasted(ROWS, at(0, PRICE), [["9.5", "40"]], known);
  expect(
    plan.edits.map(({ key, content }) => [key, content?.min_qty ?? null, content?.price ?? null]),
  ).toEqual([
    ["P1", null, null],
    ["P1||40", "40", "9.50"],
  ]);
  expect(plan.renamed.get("P1")).toBe("P1||40");
  const both = [...ROWS, { ...row("P1", "9.00", { min_qty: "40" }), key: "P1||40" }];
  const refused = typed(both[0] as DraftRow, "min_qty", "40", knownOf(both));
  expect(refused.edits).toEqual([]);
  expect(refused.faults.get("P1")).toBe("taken");
});

it("finds products by code when codes are pasted, whatever the order and what stands between", () => {
  const cells = [
    ["编码", "品名", "价"],
    ["p3", "某货", "31"],
    ["P1", "某货", "11"],
    ["X9", "没有", "1"],
  ];
  expect(namesCodes(ROWS, cells)).toBe(true);
  expect(namesCodes(ROWS, [["12.5", "40"]])).toBe(false);
  const plan = pastedByCode(ROWS, cells, known);
  expect(prices(plan.edits)).toEqual([
    ["P3", "31.00"],
    ["P1", "11.00"],
  ]);
  expect(plan.missing).toEqual([{ line: 4, code: "X9" }]);
  expect(pricesText.codesMissing(plan.missing)).toBe("1 个编码不在价目里：第 4 行「X9」");
});

it("fills down from the first row, and from the row above when one row is selected", () => {
  const down = filledDown(ROWS, { top: 0, bottom: 2, left: PRICE, right: PRICE }, known);
  expect(prices(down.edits)).toEqual([
    ["P2", "10.00"],
    ["P3", "10.00"],
  ]);
  const above = filledDown(ROWS, { top: 3, bottom: 3, left: PRICE, right: PRICE }, known);
  expect(prices(above.edits)).toEqual([["P4", "30.00"]]);
});

it("leaves rows alone that give a formula or are about many products", () => {
  const formula = row("P5", "50.00", { formula: "list*0.9" });
  const rows = [...ROWS, formula];
  const plan = pasted(rows, block(3, PRICE, 4, PRICE), [["1"]], knownOf(rows));
  expect(prices(plan.edits)).toEqual([["P4", "1.00"]]);
  expect(plan.locked).toBe(1);
});

it("empties cells beside the price", () => {
  const noted = [row("P1", "10.00", { note: "旧", min_qty: "5" })];
  const plan = cleared(noted, { top: 0, bottom: 0, left: NOTE, right: NOTE }, knownOf(noted));
  expect(plan.edits[0]?.content).not.toHaveProperty("note");
  expect(plan.edits[0]?.content?.min_qty).toBe("5");
  expect(QTY).toBe(PRICE + 1);
});

it("reads days as Excel writes them and refuses those that are none", () => {
  for (const text of ["2026-05-01", "2026/5/1", "2026年5月1日", "20260501", "２０２６.5.1", "2026/5/1 0:00"])
    expect(asDay(text), text).toBe("2026-05-01");
  for (const text of ["2026-02-30", "5/1", "1969-12-31", "2026-13-01", "明天"])
    expect(asDay(text), text).toBeUndefined();
});

it("says in words and figures what the draft does to a price", () => {
  const raised: DraftRow = {
    ...row("P1", "10.00"),
    content: { ...row("P1", "10.00").content, price: "10.30" },
    change: "changed",
  };
  expect(stateOf(raised)).toBe("raised");
  expect(cellText(raised, "delta")).toBe("涨 +3%");
});
