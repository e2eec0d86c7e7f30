import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { PricedLine } from "../api/types";
import { beforeReduction, paperPrice, piecesOf } from "./reductions";
import { TotalsList } from "./TotalsList";

afterEach(cleanup);

type Step = readonly [before: string, out: string];

const line = (amount: string | null, net: string | null, steps: Step[] = [], manual: object | null = null) =>
  ({
    amount,
    net,
    manual,
    trace: [
      { stage: "base", out: "32.85" },
      ...steps.map(([before, out]) => ({ stage: "manual", in: before, out })),
    ],
  }) as unknown as PricedLine;

it("leads from the goods over what is taken off the whole to the total, each once", () => {
  const lines = [line("3285.00", "3153.60", [["3285.00", "3153.60"]])];
  const pieces = piecesOf({ lines, whole_off: "131.40", rounding_off: "0.00" });
  const { container } = render(
    <TotalsList totals={{ net: "3153.60", net_ex_tax: "2790.80", tax: "362.80" }} pieces={pieces} />,
  );
  const rows = [...container.querySelectorAll("dl > div")].map((row) => row.textContent);
  expect(rows[0]).toBe("商品金额¥3,285.00");
  expect(rows[1]).toBe("整单优惠-¥131.40");
  expect(rows.at(-1)).toBe("含税合计¥3,153.60");
  expect(screen.queryByText("优惠")).toBeNull();
});

it("keeps what was taken off lines, off the whole and as 抹零 apart, and they add up", () => {
  const lowered = line(
    "100.00",
    "85.45",
    [
      ["100.00", "90.00"],
      ["90.00", "85.50"],
      ["85.50", "85.45"],
    ],
    { percent_off: "10" },
  );
  const free = line("0.00", "0.00", [["0.00", "0.00"]]);
  expect(piecesOf({ lines: [lowered, free], whole_off: "4.50", rounding_off: "0.05" })).toEqual([
    { label: "商品金额", amount: "¥100.00" },
    { label: "优惠", amount: "-¥10.00" },
    { label: "整单优惠", amount: "-¥4.50" },
    { label: "抹零", amount: "-¥0.05" },
  ]);
  expect(beforeReduction(lowered)).toBe("优惠前 ¥100.00");
  expect(beforeReduction(free)).toBeNull();
});

it("takes a unit price that was set by hand as the price of the line, as the paper does", () => {
  const set = line("279.00", "265.05", [["279.00", "265.05"]], { unit_price: "265.05" });
  expect(beforeReduction(set)).toBeNull();
  expect(piecesOf({ lines: [set], whole_off: "0.00", rounding_off: "0.00" })).toEqual([]);
});

it("says of a sum without tax that it is, and nothing where prices are not seen or nothing is taken off", () => {
  expect(beforeReduction(line("100.00", "101.70", [["100.00", "90.00"]]))).toBe("优惠前 ¥100.00（不含税）");
  expect(beforeReduction(line(null, null))).toBeNull();
  expect(piecesOf({ lines: [line("100.00", "113.00"), line(null, null)] })).toEqual([]);
});

it("shows what one unit costs as the paper does, never the average of what is left", () => {
  const lowered = { unit_price: "417.59", net_unit_price: "411.3267", manual: { percent_off: "1.5" } };
  expect(paperPrice(lowered as unknown as PricedLine)).toBe("417.59");
  const set = { ...lowered, manual: { unit_price: "400.00" } };
  expect(paperPrice(set as unknown as PricedLine)).toBe("400.00");
});
