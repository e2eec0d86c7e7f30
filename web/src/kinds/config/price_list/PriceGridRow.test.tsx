import { render, screen } from "@testing-library/react";
import { createRef } from "react";
import { expect, it } from "vitest";
import type { Checks, DraftRow } from "../../../api/types";
import { CellInput } from "./CellInput";
import { COLUMNS } from "./cells";
import { PriceCard } from "./PriceCard";
import type { GridProps } from "./PriceGrid";
import { PriceGridRow } from "./PriceGridRow";
import { at } from "./range";
import { RangesContext, rangesOf } from "./ranges";

/** A formula for a whole category, as the server tells it. */
const category: DraftRow = {
  key: "*category:3",
  change: "same",
  content: { goods: { kind: "category", category: 3 }, formula: { percent: "103.5" } },
  before: { goods: { kind: "category", category: 3 }, formula: { percent: "103.5" } },
  shown: { goods: "分类 涂料", formula: "基础价 103.5%" },
  delta: null,
  delta_percent: null,
} as unknown as DraftRow;

it("calls the cell of a category by the category's name", () => {
  const nothing = () => {};
  const props = { rows: [category], faults: new Map(), editable: true, sorting: null, actions: {} };
  const handed = {
    ...props,
    onSelect: nothing,
    onSort: nothing,
    say: nothing,
    onOpen: nothing,
    onBulk: nothing,
    onHelp: nothing,
    onBack: nothing,
    onFind: nothing,
  };
  const selection = at(0, COLUMNS.indexOf("price"));
  const shown = render(
    <CellInput
      {...(handed as unknown as GridProps)}
      selection={selection}
      ref={createRef()}
      top={0}
      page={10}
      onFocused={nothing}
    />,
  );
  expect(screen.getByRole("textbox").getAttribute("aria-label")).toBe("分类 涂料 新价");
  shown.unmount();
});

it("tells the whole formula where the column may be too narrow for it, and no figure twice", () => {
  const titles = (row: DraftRow) => {
    const shown = render(
      <PriceGridRow row={row} index={0} top={0} fault={undefined} left={-1} right={-1} active={-1} />,
    );
    const told = [...shown.container.querySelectorAll<HTMLElement>('[role="gridcell"][title]')].map(
      (cell) => cell.title,
    );
    shown.unmount();
    return told;
  };
  expect(titles(category)).toEqual(["基础价 103.5%", "基础价 103.5%"]);
  const plain = { product: 1, price: "1048.60" };
  const shown = { product_code: "P1", product_name: "外墙乳胶漆", spec: "", base_unit: "桶" };
  expect(titles({ ...category, key: "P1", content: plain, before: plain, shown })).toEqual([]);
});

it("shows what tells rows of one name apart, and the price of head office, beside what is wrong with a row", () => {
  const ranges = [{ key: "DG0102", list_price: "14.31", lowest: "12.88", highest: "15.34" }];
  const price = { product: 1, price: "25.00" };
  const known = { product_code: "DG0102", product_name: "网格布", spec: "1m×50m", base_unit: "卷" };
  const row = { ...category, key: "DG0102", content: price, before: null, shown: known };
  const nothing = () => {};
  const shown = render(
    <RangesContext value={rangesOf({ ranges } as unknown as Checks)}>
      <PriceGridRow row={row} index={0} top={0} fault={undefined} left={-1} right={-1} active={-1} />
      <PriceCard
        row={row}
        top={0}
        fault={undefined}
        editable={false}
        onPrice={nothing}
        onRevert={nothing}
        onOpen={nothing}
      />
    </RangesContext>,
  );
  const told = shown.container.textContent?.match(/1m×50m · 总部 14.31超出 12.88–15.34/g);
  expect(told, "in the grid and on the phone's card").toHaveLength(2);
  shown.unmount();
});
