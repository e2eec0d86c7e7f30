import { expect, it } from "vitest";
import type { ProductRow } from "../../api/types";
import { isTable, readPaste, theOne } from "./paste";

it("reads columns copied from a sheet, in whatever order the extra ones stand", () => {
  expect(readPaste("P001\t外墙漆\t60\t桶\r\nP002\t\t12.5\t\r\n\r\n滚筒\t１０\t把")).toEqual([
    { term: "P001", qty: "60", unit: "桶" },
    { term: "P002", qty: "12.5", unit: null },
    { term: "滚筒", qty: "10", unit: "把" },
  ]);
});

it("takes one when no quantity stands there", () => {
  expect(readPaste("外墙漆\nP002")).toEqual([
    { term: "外墙漆", qty: "1", unit: null },
    { term: "P002", qty: "1", unit: null },
  ]);
});

it("does not mistake a price behind the quantity for a unit", () => {
  expect(readPaste("P001\t60\t128.00\t桶")).toEqual([{ term: "P001", qty: "60", unit: "桶" }]);
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
