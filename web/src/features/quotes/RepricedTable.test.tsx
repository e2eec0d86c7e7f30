import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Repriced } from "../../api/types";
import { issueWord, movedSays } from "./MovedNote";
import { RepricedTable } from "./RepricedTable";

afterEach(cleanup);

const totals = (net: string) => ({ net, net_ex_tax: net, tax: "0.00" });
const hand = { unit_price: "148.00", old_below: "8.14", new_below: "11.36", beyond: null, new_above: null };

const moved = (changes: Partial<Repriced["lines"][number]>): Repriced => ({
  agree: "",
  difference: "0.00",
  old: totals("296.00"),
  new: totals("296.00"),
  lines: [
    {
      id: "a",
      name: "外墙乳胶漆",
      qty: "2",
      unit: "桶",
      old_unit_price: "161.10",
      new_unit_price: "166.95",
      difference: "0.00",
      refusal: null,
      hand,
      ...changes,
    },
  ],
});

it("shows of a price by hand the price that stays, and what moved beneath it", () => {
  render(<RepricedTable repriced={moved({})} />);
  const row = screen.getByRole("row", { name: /外墙乳胶漆/ });
  const cells = [...row.querySelectorAll("td")].map((cell) => cell.textContent);
  expect(cells.slice(0, -1).every((cell) => cell === "148.00")).toBe(true);
  const told = row.querySelector("th")?.textContent ?? "";
  for (const said of ["手改价 148.00 不变", "等级价 161.10 → 166.95", "让价 8.14% → 11.36%"]) {
    expect(told).toContain(said);
  }
  expect(told).not.toContain("超出你的权限");
  cleanup();
  render(<RepricedTable repriced={moved({ hand: { ...hand, beyond: "10" } })} />);
  expect(screen.getByText("超出你的权限 10%")).toBeTruthy();
});

it("says of a price by hand that lies above the rules now how far, and nothing of a reduction", () => {
  render(<RepricedTable repriced={moved({ hand: { ...hand, new_below: "0", new_above: "8.5" } })} />);
  expect(screen.getByText("手改价现在比等级价高 8.5%")).toBeTruthy();
  expect(screen.queryByText(/让价/)).toBeNull();
});

it("shows of every other line the old price beside the new one", () => {
  render(<RepricedTable repriced={moved({ hand: null })} />);
  expect(screen.getByRole("row", { name: /外墙乳胶漆/ }).textContent).toContain("161.10");
  expect(screen.queryByText(/手改价/)).toBeNull();
});

it("calls only what stands on paper a change of price, and offers to issue at the price by hand", () => {
  expect(movedSays(moved({}))).toBe("1 行手改价不变，下面的等级价变了");
  expect(issueWord(moved({}))).toBe("按手改价出具");
  expect(movedSays(moved({ hand: null }))).toBe("合计没变，1 行的单价变了");
  expect(issueWord(moved({ hand: null }))).toBe("按新价出具");
  const both = moved({});
  both.lines.push({ ...moved({ hand: null }).lines[0], id: "b" } as Repriced["lines"][number]);
  expect(movedSays(both)).toBe("合计没变，1 行的单价变了；1 行手改价不变，下面的等级价变了");
  expect(issueWord(both)).toBe("按新价出具");
});
