import { expect, test } from "vitest";
import { figureUpTo, someText } from "./rowColumns";

test("a figure is taken as people type it, up to its limit and to two decimals", () => {
  const read = figureUpTo(100);
  expect(["92", " ９２．50 ", "92%", "92 ％", "100", "0.00"].map(read)).toEqual([
    "92",
    "92.5",
    "92",
    "92",
    "100",
    "0",
  ]);
  expect(["100.01", "92.555", "-1", "九二", "", "%"].map(read)).toEqual([null, null, null, null, null, null]);
});

test("a text must say something", () => {
  expect(someText("  送货到楼下 ")).toBe("送货到楼下");
  expect(someText(" \n ")).toBeNull();
});
