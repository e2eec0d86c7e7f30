import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ListedTotals } from "./ListedTotals";

const text = (total: Parameters<typeof ListedTotals>[0]["total"]) =>
  renderToStaticMarkup(<ListedTotals total={total} />).replace(/<[^>]*>/g, "|");

test("a list that is counted says how many and what they come to", () => {
  expect(text({ count: 12, capped: false, net: "7065.60" })).toMatch(/共 12 张.*7,065\.60/);
  expect(text({ count: 12, capped: false })).toBe("|共 12 张|");
});

test("of a list that is too long it says that there are more, and how to see the sum", () => {
  const said = text({ count: 10000, capped: true });
  expect(said).toContain("共 10000+ 张");
  expect(said).toContain("加上筛选条件看合计");
});
