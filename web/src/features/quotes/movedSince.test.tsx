import { act, cleanup, render, renderHook, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { PricedLine, Quote, Repriced } from "../../api/types";
import { movedSays } from "./MovedNote";
import { movedSince, useMoved } from "./movedSince";
import { RepricedTable } from "./RepricedTable";

afterEach(cleanup);

const tile = (qty: string, price: string, net: string, more: object = {}) =>
  ({
    id: "a",
    product: { id: 7 },
    qty,
    unit: "片",
    unit_price: price,
    net,
    manual: null,
    refusal: null,
    ...more,
  }) as never;
const sums = (net: string) => ({ net, net_ex_tax: net, tax: "0.00" });
const told = {
  agree: "7c1f",
  difference: "-130.00",
  old: sums("1930.00"),
  new: sums("1800.00"),
  lines: [
    {
      id: "a",
      name: "釉面墙砖",
      qty: "100",
      unit: "片",
      old_unit_price: "19.30",
      new_unit_price: "18.00",
      difference: "-130.00",
      refusal: null,
      hand: null,
    },
  ],
} as Repriced;
const draft = (net: string, lines: PricedLine[], moved: Repriced | null = null) =>
  ({ lines, totals: sums(net), moved }) as Quote;
const opened = draft("1800.00", [tile("100", "18.00", "1800.00")], told);
const more = draft("2700.00", [tile("150", "18.00", "2700.00")]);

it("tells old and new totals while the draft holds what it held when it was opened", () => {
  expect(movedSince(told, opened, { ...opened, notes: "月底送货" } as Quote)).toBe(told);
});

it("tells of a changed quantity the new one with old and new price, and no total but that of now", () => {
  const moved = movedSince(told, opened, more);
  expect(moved).toEqual({
    agree: "",
    difference: null,
    old: null,
    new: sums("2700.00"),
    lines: [{ ...told.lines[0], qty: "150", difference: null }],
  });
  if (!moved) return;
  expect(movedSays(moved)).toBe("1 行的单价变了；现在合计 ¥2,700.00");
  const page = render(<RepricedTable repriced={moved} />).container.textContent ?? "";
  for (const said of ["150 片", "19.30", "18.00", "¥2,700.00"]) expect(page).toContain(said);
  for (const old of ["1,930", "1,800", "130.00"]) expect(page).not.toContain(old);
  expect(screen.queryByText("100 片")).toBeNull();
});

it("tells nothing of a line that is gone, is other goods, or has a price by hand since", () => {
  for (const line of [
    tile("100", "18.00", "1800.00", { product: { id: 8 } }),
    tile("100", "18.00", "1700.00", { manual: { unit_price: "17.00" }, net_unit_price: "17.00" }),
    tile("1000", "19.30", "19300.00"),
  ]) {
    expect(movedSince(told, opened, draft("1.00", [line]))).toBeNull();
  }
  expect(movedSince(told, opened, draft("0.00", []))).toBeNull();
});

it("stays put away while the draft is saved, and tells what a later reading found", () => {
  const { result, rerender } = renderHook(useMoved, { initialProps: opened });
  expect(result.current.moved).toBe(told);
  rerender(more);
  expect(result.current.moved?.new.net).toBe("2700.00");
  act(() => result.current.onKnown());
  rerender({ ...opened });
  expect(result.current.moved).toBeNull();
  const again = { ...told, agree: "8d2a" };
  rerender({ ...opened, moved: again });
  expect(result.current.moved).toBe(again);
});
