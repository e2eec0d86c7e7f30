import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import type { PricedLine } from "../../api/types";
import type { DraftLine } from "./draftModel";
import { LineTail } from "./LineTail";

const line = { id: "a", qty: "2", unit: "桶", note: "", product: { id: 7 } } as unknown as DraftLine;
const by = (more: object) =>
  ({ id: "a", unit_price: "153.00", group: "", trace: [], refusal: null, ...more }) as unknown as PricedLine;

it("says beneath a line that its price by hand lies above the system's, and of no other line", () => {
  const parts = { line, named: "", noting: false, change: () => {}, onNoted: () => {} };
  const told = (priced: PricedLine, stale = false) =>
    render(<LineTail {...parts} priced={priced} stale={stale} styles={{}} />).container.textContent;
  const high = by({ manual: { unit_price: "166.00" }, percent_above: "8.5" });
  expect(told(high)).toBe("改价，原 ¥153.00比等级价高 8.5%");
  expect(told(high, true)).toBe("");
  expect(told(by({ manual: null }))).toBe("");
  expect(told({ ...high, percent_below: "1.6" } as PricedLine)).toBe("改价，原 ¥153.00");
});
