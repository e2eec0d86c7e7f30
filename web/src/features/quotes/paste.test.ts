import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { ProductRow } from "../../api/types";
import { quickText } from "../../text/quick";
import { isTable, readPaste, theOne } from "./paste";

it("reads columns copied from a sheet, in whatever order the extra ones stand", () => {
  expect(readPaste("P001\t外墙漆\t60\t桶\r\nP002\t\t12.5\t\r\n\r\n滚筒\t１０\t把")).toEqual([
    { text: "P001 外墙漆 60 桶", term: "P001", qty: "60", unit: "桶" },
    { text: "P002 12.5", term: "P002", qty: "12.5", unit: null },
    { text: "滚筒 １０ 把", term: "滚筒", qty: "10", unit: "把" },
  ]);
});

it("takes one when no quantity stands there", () => {
  expect(readPaste("外墙漆\nP002")).toEqual([
    { text: "外墙漆", term: "外墙漆", qty: "1", unit: null },
    { text: "P002", term: "P002", qty: "1", unit: null },
  ]);
});

it("does not mistake a price behind the quantity for a unit", () => {
  expect(readPaste("P001\t60\t128.00\t桶")).toMatchObject([{ term: "P001", qty: "60", unit: "桶" }]);
});

const told = (text: string) => readPaste(text).map(({ term, qty, unit }) => [term, qty, unit]);

it("leaves a quantity empty that is no clear number", () => {
  expect(told("P001\tabc\t桶")).toEqual([["P001", "", "桶"]]);
  expect(told("P001\t3-5桶\t128\nP002\t3~5\t桶\t99")).toEqual([
    ["P001", "", null],
    ["P002", "", "桶"],
  ]);
  expect(told("P001\t两桶半")).toEqual([["P001", "", null]]);
});

it("reads a half as .5 of what is sold in parts, and asks where it is not", () => {
  expect(told("P001\t2吨半\nP002\t2桶半\nP003\t20桶")).toEqual([
    ["P001", "2.5", "吨"],
    ["P002", "", "桶"],
    ["P003", "20", "桶"],
  ]);
});

it("leaves heads out, and takes the quantity from the column that they name", () => {
  expect(told("品名\t规格\t数量\t单位\n乳胶漆\t18\t4\t桶\n腻子\t20\t若干\t袋")).toEqual([
    ["乳胶漆", "4", "桶"],
    ["腻子", "", "袋"],
  ]);
  expect(told("品名 数量 单位\n外墙漆 20 桶\nP002 3吨")).toEqual([
    ["外墙漆", "20", "桶"],
    ["P002", "3", "吨"],
  ]);
});

it("leaves one pasted name to the field itself", () => {
  expect(isTable("外墙漆")).toBe(false);
  expect(isTable("外墙漆\n")).toBe(false);
  expect(isTable("P001\t3")).toBe(true);
});

const row = (code: string, name: string) =>
  ({ code, name, barcodes: [{ code: `69${code}`, unit: "桶" }] }) as ProductRow;

it("chooses a product only when it is certain", () => {
  const found = [row("P1", "外墙漆"), row("P10", "外墙漆 白")];
  expect(theOne("p1", found)?.code).toBe("P1");
  expect(theOne("69P10", found)?.code).toBe("P10");
  expect(theOne("外墙", found)).toBeNull();
  expect(theOne("外墙", found.slice(0, 1))?.code).toBe("P1");
  expect(theOne("外墙", [])).toBeNull();
});

it("knows every head of a sheet that the server knows", () => {
  const words = readFileSync(
    join(import.meta.dirname, "../../../../crates/domain/src/quotes/pasted/words.rs"),
    "utf8",
  );
  const listed = (name: string) => {
    const body = new RegExp(`pub const ${name}: &\\[&str\\] =\\s*&\\[([^\\]]*)\\]`).exec(words)?.[1] ?? "";
    return [...body.matchAll(/"([^"]+)"/g)].map((found) => found[1] ?? "");
  };
  expect(listed("HEADS").length).toBeGreaterThan(20);
  expect(listed("HEADS").filter((head) => !quickText.heads.includes(head))).toEqual([]);
  expect(quickText.qtyHeads).toEqual(listed("QUANTITY_HEADS"));
});
