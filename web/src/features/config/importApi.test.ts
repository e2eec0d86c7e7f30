import { expect, it } from "vitest";
import type { Import, ImportChoices, ImportSupplier } from "../../api/types";
import { lentTo, sheetChoice, withRows, withSheet } from "./importApi";

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

it("goes by what the place of the file has learnt, and lends what only head office knows", () => {
  const at = (id: number, place: number, name: string) =>
    ({ id, name, scope: { id: place, name: "" }, head_office: place === 1 }) as ImportSupplier;
  const known = [at(1, 1, "恒泰"), at(2, 2, "恒泰"), at(3, 1, "立邦"), at(4, 3, "多乐士")];
  const ids = (scope: number) => lentTo({ scope } as Import, known).map((one) => one.id);
  expect(ids(2)).toEqual([2, 3]);
  expect(ids(1)).toEqual([1, 3]);
});
