import { expect, it } from "vitest";
import type { LineProduct, PastedThing } from "../../api/types";
import { choiceOf, linesOf } from "./pastedLines";

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

it("proposes the best product with its quantity and unit", () => {
  const lines = linesOf([choiceOf(thing({ unit: "箱", products: [product(1, ["桶", "箱"]), product(2)] }))]);
  expect(lines.map(({ product: { id }, qty, unit }) => [id, qty, unit])).toEqual([[1, "20", "箱"]]);
});

it("takes one where no number was said, and the base unit where the product has no such unit", () => {
  const [line] = linesOf([choiceOf(thing({ qty: null, unit: "吨" }))]);
  expect([line?.qty, line?.unit]).toEqual(["1", "桶"]);
});

it("leaves out what was found nowhere or is not wanted", () => {
  const nowhere = choiceOf(thing({ confidence: "none", products: [] }));
  const unwanted = { ...choiceOf(thing({})), productId: null };
  expect(linesOf([nowhere, unwanted])).toEqual([]);
});
