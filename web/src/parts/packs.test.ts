import { expect, it } from "vitest";
import { packOf, packsOf, timesOf } from "./packs";

const paint = {
  base_unit: "桶",
  units: [
    { unit: "桶", factor: "1" },
    { unit: "箱", factor: "4.000" },
    { unit: "托", factor: "40" },
    { unit: "罐", factor: "1/3" },
    { unit: "袋", factor: "2.5" },
  ],
};

it("says how many base units one holds, and nothing of the base unit itself", () => {
  expect(packOf(paint, "箱")).toBe("1 箱 = 4 桶");
  expect(packOf(paint, "罐")).toBe("1 罐 = 1/3 桶");
  expect(packOf(paint, "桶")).toBe("");
  expect(packsOf({ base_unit: "桶", units: paint.units.slice(0, 3) })).toBe("1 箱 = 4 桶 · 1 托 = 40 桶");
  expect(packsOf({ base_unit: "把", units: [{ unit: "把", factor: "1" }] })).toBe("");
});

it("says exactly how many times as much a changed unit is", () => {
  expect(timesOf(paint, "桶", "箱")).toBe("4 倍");
  expect(timesOf(paint, "箱", "桶")).toBe("1/4");
  expect(timesOf(paint, "箱", "托")).toBe("10 倍");
  expect(timesOf(paint, "罐", "桶")).toBe("3 倍");
  expect(timesOf(paint, "箱", "袋")).toBe("5/8");
  expect(timesOf(paint, "箱", "箱")).toBe("");
});
