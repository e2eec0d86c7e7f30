import { expect, it } from "vitest";
import { newQuoteSearch, productFilters, quoteFilters } from "./search";

it("reads the filters that stand in a link", () => {
  const raw = { q: 123, state: "issued", owner: "7", from: "2026-05-01", to: "2026-05-31" };
  expect(quoteFilters(raw)).toEqual({
    q: "123",
    state: "issued",
    customer: undefined,
    owner: 7,
    branch: undefined,
    from: "2026-05-01",
    to: "2026-05-31",
  });
});

it("leaves out what is no filter, so that a broken link still opens the list", () => {
  expect(quoteFilters({ owner: "x", from: "yesterday", q: { a: 1 }, state: null })).toEqual({
    q: undefined,
    state: undefined,
    customer: undefined,
    owner: undefined,
    branch: undefined,
    from: undefined,
    to: undefined,
  });
  expect(newQuoteSearch({ customer: "" })).toEqual({ customer: undefined });
  expect(newQuoteSearch({ customer: "1e99" })).toEqual({ customer: undefined });
  expect(productFilters({ archived: "no" }).archived).toBeUndefined();
  expect(productFilters({ archived: true }).archived).toBe("true");
});
