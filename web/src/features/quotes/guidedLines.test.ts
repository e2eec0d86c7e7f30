import { expect, test } from "vitest";
import { guidedLines } from "./guidedLines";

test("first the product is asked for, then its quantity", () => {
  expect(guidedLines([])).toEqual({ step: "product", done: false });
  expect(guidedLines([{ qty: "" }])).toEqual({ step: "qty", done: false });
  expect(guidedLines([{ qty: "60" }, { qty: "0" }])).toEqual({ step: "qty", done: false });
  expect(guidedLines([{ qty: "60" }, { qty: "0.5" }])).toEqual({ step: "qty", done: true });
});
