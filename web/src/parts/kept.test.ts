import { expect, it } from "vitest";
import { type Kept, leftBehind, stillPasted } from "./kept";

const NOW = 100 * 86_400_000;
const kept = (change: Partial<Kept<string>>): Kept<string> => ({
  person: 1,
  quote: 12,
  tab: "closed",
  version: 1,
  at: NOW - 60_000,
  title: "",
  content: "",
  ...change,
});
const left = (all: Kept<string>[], open: string[] = []) => leftBehind(all, 1, new Set(open), NOW);

it("offers one's own, the newest first", () => {
  const older = kept({ tab: "a", at: NOW - 5000 });
  const newer = kept({ tab: "b", at: NOW - 1000 });
  expect(left([older, newer])).toEqual([newer, older]);
});

it("never offers what another person typed at the same browser", () => {
  expect(left([kept({ person: 2 }), kept({ person: 12 })])).toEqual([]);
});

it("leaves to an open tab what is its own", () => {
  expect(left([kept({ tab: "open" }), kept({ tab: "closed" })], ["open"])).toEqual([kept({ tab: "closed" })]);
});

it("lets go of what is older than a month", () => {
  expect(left([kept({ at: NOW - 30 * 86_400_000 })])).toEqual([]);
  expect(left([kept({ at: NOW - 30 * 86_400_000 + 1 })])).toHaveLength(1);
});

it("brings open pasted lines back for a month", () => {
  expect(stillPasted({ at: NOW - 60_000, lines: ["a"] }, NOW)).toEqual(["a"]);
  expect(stillPasted({ at: NOW - 30 * 86_400_000, lines: ["a"] }, NOW)).toEqual([]);
  expect(stillPasted(undefined, NOW)).toEqual([]);
});
