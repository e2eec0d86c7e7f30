import { expect, test } from "vitest";
import { asRule, contentOf, EMPTY_RULE, ruleKey } from "./rule";

const PAINT = { product_code: "P1", product_name: "外墙乳胶漆", spec: "", base_unit: "桶" };
const NONE = { product_code: "", product_name: "", spec: "", base_unit: "" };

test("every sort of rule reads back as it was written", () => {
  const contents = [
    {
      product: 17,
      unit: "箱",
      min_qty: "40",
      formula: { of: "cost", percent: "115", plus: "1.5" },
      from: null,
      to: null,
    },
    {
      goods: { series: "净味" },
      unit: null,
      min_qty: null,
      formula: { of: "base", percent: "95" },
      from: null,
      to: null,
    },
    {
      goods: { category: 12 },
      unit: null,
      min_qty: null,
      price: "128",
      from: "2026-05-01",
      to: null,
      note: "旺季",
    },
    {
      goods: "all",
      unit: null,
      min_qty: null,
      formula: { of: "base", percent: "102" },
      from: null,
      to: null,
    },
  ];
  for (const content of contents) expect(contentOf(asRule(content))).toEqual(content);
});

test("the key of a rule is made as the server makes it", () => {
  const of = (patch: Partial<typeof EMPTY_RULE>) => ({ ...EMPTY_RULE, percent: "95", ...patch });
  expect(ruleKey(of({ goods: "all" }), NONE)).toBe("*all");
  expect(ruleKey(of({ goods: "series", series: "净味", min_qty: "40.0" }), NONE)).toBe("*series:净味||40");
  expect(ruleKey(of({ goods: "category", category: 12, unit: "箱" }), NONE)).toBe("*category:12|箱");
  expect(ruleKey(of({ product: 17, unit: "桶", from: "2026-05-01" }), PAINT)).toBe("P1|||2026-05-01");
});
