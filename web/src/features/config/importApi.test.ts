import { expect, it } from "vitest";
import type { ImportChoices } from "../../api/types";
import { sheetChoice, withRows, withSheet } from "./importApi";

const NONE: ImportChoices = { supplier: "", sheets: [], decisions: [], convert_tax: false };

it("keeps one choice for each sheet", () => {
  const once = withSheet(NONE, { sheet: "A", taken: false });
  const twice = withSheet(once, { ...sheetChoice(once, "A"), head_row: 3 });
  expect(twice.sheets).toEqual([{ sheet: "A", taken: false, head_row: 3 }]);
});

it("settles a row bit by bit, and another row of the same number in another sheet by itself", () => {
  const priced = withRows(NONE, [{ sheet: "A", row: 2, price: "5" }]);
  const both = withRows(priced, [
    { sheet: "A", row: 2, product_id: 7 },
    { sheet: "B", row: 2, skip: true },
  ]);
  expect(both.decisions).toEqual([
    { sheet: "A", row: 2, price: "5", product_id: 7 },
    { sheet: "B", row: 2, skip: true },
  ]);
});
