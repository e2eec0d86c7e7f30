import { expect, test } from "vitest";
import { guideText } from "../../text/guide";
import { guidedLines } from "./guidedLines";

test("first the product is asked for, then its quantity", () => {
  const asked = { done: false, preset: false };
  expect(guidedLines([])).toEqual({ step: "product", ...asked });
  expect(guidedLines([{ qty: "" }])).toEqual({ step: "qty", ...asked });
  expect(guidedLines([{ qty: "60" }, { qty: "0" }])).toEqual({ step: "qty", ...asked });
  expect(guidedLines([{ qty: "60" }, { qty: "0.5" }])).toEqual({ step: "qty", done: true, preset: false });
});

test("the quantity that a line begins with is not called done", () => {
  expect(guidedLines([{ qty: "1" }])).toEqual({ step: "qty", done: false, preset: true });
  expect(guidedLines([{ qty: "60" }, { qty: "1" }])).toEqual({ step: "qty", done: false, preset: true });
});

test("no hint names a person, or a price that may not be his", () => {
  const said = Object.values(guideText.steps).join("");
  expect(said).not.toMatch(/[王李张杨]|总|等级价/);
});
