import { expect, test } from "vitest";
import { asList, listContent } from "./listHead";

test("a plain list stays as short as it was", () => {
  expect(listContent(asList({ includes_tax: true }, {}))).toEqual({ includes_tax: true });
});

test("a contract reads back as it was written, with the names of its customers", () => {
  const content = {
    includes_tax: false,
    class: "contract",
    for: { customers: [4, 9], types: ["工程商"], tiers: ["A"], regions: [2] },
    from: "2026-01-01",
    to: "2026-12-31",
    base: 1,
    tier_applies: true,
  };
  const list = asList(content, { customers: [{ id: 4, name: "恒泰建材" }] });
  expect(list.customers).toEqual([
    { id: 4, name: "恒泰建材" },
    { id: 9, name: "#9" },
  ]);
  expect(listContent(list)).toEqual(content);
});
