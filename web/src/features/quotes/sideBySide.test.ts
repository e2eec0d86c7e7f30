import { expect, it } from "vitest";
import type { PricedLine } from "../../api/types";
import { sideBySide } from "./sideBySide";

const line = (id: number, name: string, net: string) =>
  ({ id: `${id}-${net}`, product: { id, name }, unit: "桶", net }) as PricedLine;

it("puts the same goods into one row and leaves a gap where they are not offered", () => {
  const rows = sideBySide([
    { lines: [line(1, "乳胶漆", "1"), line(2, "腻子", "2")] },
    { lines: [line(2, "腻子", "3"), line(0, "运费", "4")] },
  ]);
  expect(rows.map((row) => [row.name, row.cells.map((cell) => cell?.net ?? null)])).toEqual([
    ["乳胶漆", ["1", null]],
    ["腻子", ["2", "3"]],
    ["运费", [null, "4"]],
  ]);
});

it("keeps two lines of one product apart", () => {
  const rows = sideBySide([{ lines: [line(1, "乳胶漆", "1"), line(1, "乳胶漆", "2")] }, { lines: [] }]);
  expect(rows).toHaveLength(2);
});
