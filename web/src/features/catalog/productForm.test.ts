import { expect, it } from "vitest";
import { bodyOf, emptyForm, faultsOf } from "./productForm";

const filled = {
  ...emptyForm,
  code: " P1 ",
  name: "外墙漆",
  baseUnit: "桶",
  units: [{ unit: "箱", factor: "４" }],
  cost: "￥98.00",
};

it("names every field that is missing", () => {
  expect(Object.keys(faultsOf(emptyForm)).sort()).toEqual(["base_unit", "code", "name"]);
  expect(faultsOf(filled)).toEqual({});
});

it("refuses a conversion of nothing, and names the row", () => {
  const broken = {
    ...filled,
    units: [
      { unit: "箱", factor: "0" },
      { unit: "", factor: "abc" },
    ],
  };
  expect(Object.keys(faultsOf(broken)).sort()).toEqual([
    "units[0].factor",
    "units[1].factor",
    "units[1].unit",
  ]);
});

it("sends numbers folded, and cost only when the person may see it", () => {
  expect(bodyOf(filled, true)).toMatchObject({
    code: "P1",
    units: [{ unit: "箱", factor: "4" }],
    cost: "98.00",
    floor_price: null,
  });
  expect(bodyOf(filled, false)).not.toHaveProperty("cost");
});
