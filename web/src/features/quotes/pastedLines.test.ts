import { expect, it } from "vitest";
import type { LineProduct, PastedThing } from "../../api/types";
import { choiceOf, foundByHand, lackOf, linesOf, sorted, unitOf, whyOpen } from "./pastedLines";

const product = (id: number, units = ["桶"]): LineProduct => ({
  id,
  code: `P${id}`,
  name: `商品${id}`,
  spec: "",
  base_unit: "桶",
  units: units.map((unit) => ({ unit, factor: "1" })),
  tax_rate: "13",
  customer_code: null,
});

const thing = (change: Partial<PastedThing>): PastedThing => ({
  text: "乳胶漆 20 桶",
  words: "乳胶漆",
  qty: "20.000",
  unit: "桶",
  confidence: "sure",
  products: [product(1)],
  ...change,
});

const sure = (change: Partial<PastedThing> = {}) => choiceOf(thing(change));

it("proposes a sure product with its quantity and unit", () => {
  const lines = linesOf([sure({ unit: "箱", products: [product(1, ["桶", "箱"]), product(2)] })]);
  expect(lines.map(({ product: { id }, qty, unit }) => [id, qty, unit])).toEqual([[1, "20", "箱"]]);
});

it("leaves a line open whose unit the product is not sold in, and says so", () => {
  const open = sure({ unit: "吨" });
  expect(sorted([open])).toEqual({ lines: [], open: [open] });
  expect(whyOpen(open)).toContain("这个商品没有按吨卖");
  expect(linesOf([{ ...open, unit: "桶" }]).map(({ unit }) => unit)).toEqual(["桶"]);
});

it("knows different ways to write one unit", () => {
  expect(unitOf(product(1, ["㎡"]), "平方")).toBe("㎡");
  expect(unitOf(product(1), null)).toBe("桶");
  expect(unitOf(product(1), "箱")).toBeUndefined();
});

it("leaves a quantity open that was not said, is not clear, or parts what is sold whole", () => {
  expect(sure({ qty: null }).qty).toBe("");
  expect(lackOf(sure({ qty: null }))).toBe("qty");
  expect(lackOf(sure({ qty: "2.500" }))).toBe("qty");
  expect(lackOf(sure({ qty: "2.500", unit: "吨", products: [product(1, ["桶", "吨"])] }))).toBeNull();
  expect(lackOf({ ...sure({ qty: null }), qty: "0" })).toBe("qty");
});

it("takes nothing for certain that a person has to choose", () => {
  const guessed = sure({ confidence: "likely", products: [product(1), product(2)] });
  expect(sorted([guessed])).toEqual({ lines: [], open: [guessed] });
  expect(linesOf([{ ...guessed, productId: 2 }])[0]?.product.id).toBe(2);
});

it("says truly why a line is open", () => {
  const same = ["5L", "18L", "20L"].map((spec, id) => ({ ...product(id + 1), name: "净味内墙乳胶漆", spec }));
  expect(whyOpen(sure({ confidence: "likely", products: same }))).toBe("有 3 个规格，请选");
  expect(whyOpen(sure({ confidence: "likely", products: [product(1), product(2)] }))).toContain(
    "有 2 个商品",
  );
  expect(whyOpen(sure({ confidence: "none", products: [] }))).toContain("没有找到商品");
});

it("takes what was found by hand, with the quantity that was said", () => {
  const found = foundByHand(sure({ confidence: "none", products: [] }), product(9));
  expect(linesOf([found]).map(({ product: { id }, qty }) => [id, qty])).toEqual([[9, "20"]]);
});

it("leaves out what a person put aside, neither adding nor asking again", () => {
  expect(sorted([{ ...sure(), skipped: true }])).toEqual({ lines: [], open: [] });
});
