import { expect, it } from "vitest";
import { isFree, keysOf } from "./liveKeys";

it("lets one tab listen until it falls silent", () => {
  const held = { tab: "one", at: 10_000 };
  expect(isFree(null, "two", 10_000)).toBe(true);
  expect(isFree(held, "one", 10_500)).toBe(true);
  expect(isFree(held, "two", 15_999)).toBe(false);
  expect(isFree(held, "two", 16_001)).toBe(true);
  expect(isFree(held, "two", 3_000)).toBe(true);
});

it("asks for what a hint means and never for a quotation that somebody may be writing", () => {
  const keys = keysOf({ entity: "quote", id: 7, bell: true });
  expect(keys).toContainEqual(["quotes", "list"]);
  expect(keys).toContainEqual(["bell"]);
  expect(keys.some((key) => key[0] === "quotes" && key[1] === "one")).toBe(false);
  expect(keysOf({ entity: "person", id: 0, bell: false })).toEqual([]);
});
