import { expect, it } from "vitest";
import { isFree, keysOf, lineFor, spreadMs } from "./liveKeys";

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

it("goes on behind what was heard last when the line is opened anew", () => {
  const mark = { last: "71", at: 10_000 };
  expect(lineFor(mark, true, 12_000)).toEqual({ address: "/api/stream?last=71", everything: false });
  expect(lineFor(mark, false, 900_000)).toEqual({ address: "/api/stream?last=71", everything: false });
});

it("asks for everything once when nobody knows what was heard, but not on a page just opened", () => {
  expect(lineFor(null, false, 10_000)).toEqual({ address: "/api/stream", everything: true });
  expect(lineFor({ last: "x" }, false, 10_000).everything).toBe(true);
  expect(lineFor(null, true, 10_000)).toEqual({ address: "/api/stream", everything: false });
  expect(lineFor({ last: "71", at: 10_000 }, true, 200_000).address).toBe("/api/stream");
});

it("spreads the screens that look at everything, and asks for the timeline too", () => {
  const everything = { entity: "everything", id: 0, bell: true };
  expect(spreadMs(everything, 0)).toBe(0);
  expect(spreadMs(everything, 0.5)).toBe(2_000);
  expect(spreadMs({ entity: "quote", id: 7, bell: false }, 1)).toBe(0);
  expect(keysOf(everything)).toContainEqual(["customers", "timeline"]);
});
