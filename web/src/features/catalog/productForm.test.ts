import { expect, it } from "vitest";
import type { Product } from "../../api/types";
import { bodyOf, emptyForm, faultsOf, formOf } from "./productForm";

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

it("sends every conversion back as the server keeps it, and takes no other", () => {
  const product = {
    code: "P1",
    name: "地砖",
    spec: "",
    category: null,
    base_unit: "㎡",
    units: [{ unit: "片", factor: "1/12" }],
    barcodes: [],
    tax_rate: "13.00",
    price_decimals: 2,
  } as unknown as Product;
  for (const factor of ["4", "1.44", "0.5", "1/3", "1/12", "1000"]) {
    const form = formOf({ ...product, units: [{ unit: "片", factor }] });
    expect(faultsOf(form)).toEqual({});
    expect(bodyOf(form, false).units).toEqual([{ unit: "片", factor }]);
  }
  const typed = (factor: string) => ({ ...formOf(product), units: [{ unit: "片", factor }] });
  expect(bodyOf(typed(" １／３ "), false).units).toEqual([{ unit: "片", factor: "1/3" }]);
  const refused = ["0.3333", "0.333333", "1/0", "0/3", "1.5/2", "1/2/3", "/3", "1/", "箱"];
  expect(refused.filter((factor) => faultsOf(typed(factor))["units[0].factor"] === undefined)).toEqual([]);
});
