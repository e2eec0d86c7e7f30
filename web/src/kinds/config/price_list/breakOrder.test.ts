import { expect, it } from "vitest";
import { inOrder } from "../inOrder";
import { breakOrder } from "./breakOrder";

it("puts the quantity breaks of a product in the order of numbers, and leaves all else by its key", () => {
  const keys = [
    "PS0102",
    "PS0102|箱",
    "PS0102||1000",
    "PS0102||2.5",
    "PS0102||200|2026-05-01",
    "PS0103",
    "*all",
  ];
  const rows = keys.map((key) => ({ key }));
  expect(inOrder(rows, breakOrder).map(({ key }) => key)).toEqual([
    "*all",
    "PS0102",
    "PS0102||2.5",
    "PS0102||200|2026-05-01",
    "PS0102||1000",
    "PS0102|箱",
    "PS0103",
  ]);
});
