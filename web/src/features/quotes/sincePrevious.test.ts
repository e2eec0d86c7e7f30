import { expect, it } from "vitest";
import type { PricedLine, Quote } from "../../api/types";
import { issuedBefore, sincePrevious } from "./sincePrevious";

const line = (id: string, price: string, qty: string, net: string): PricedLine =>
  ({
    id,
    product: { id: 7, name: "内墙漆" },
    unit: "桶",
    qty,
    unit_price: price,
    net_unit_price: price,
    net,
    manual: null,
    refusal: null,
  }) as unknown as PricedLine;

const quote = (net: string, ...lines: PricedLine[]) => ({
  lines,
  totals: { net, net_ex_tax: net, tax: "0.00" },
});

const version = (revision: number, issued: number | null) =>
  ({
    id: revision,
    revision,
    state: "issued",
    number: null,
    issued_at: issued,
    net: "1.00",
  }) as Quote["chain"][number];

it("lays old beside new prices of what stands in both versions", () => {
  const before = quote("320.00", line("a", "100.00", "3", "300.00"), line("b", "20.00", "1", "20.00"));
  const now = quote("299.70", line("a", "93.25", "3", "279.75"), line("b", "20.00", "2", "40.00"));
  const moved = sincePrevious(before, now);
  expect(moved?.lines.map((one) => [one.id, one.old_unit_price, one.new_unit_price, one.difference])).toEqual(
    [["a", "100.00", "93.25", "-20.25"]],
  );
  expect([moved?.old.net, moved?.new.net, moved?.difference]).toEqual(["320.00", "299.70", "-20.30"]);
});

it("says nothing where only quantities changed, or goods came and went", () => {
  const before = quote("300.00", line("a", "100.00", "3", "300.00"));
  expect(sincePrevious(before, quote("400.00", line("a", "100.00", "4", "400.00")))).toBeNull();
  expect(sincePrevious(before, quote("90.00", line("c", "90.00", "1", "90.00")))).toBeNull();
});

it("compares with the newest version that was issued before", () => {
  const chain = [version(1, 10), version(2, 20), version(3, null)];
  expect(issuedBefore({ revision: 3, chain })?.id).toBe(2);
  expect(issuedBefore({ revision: 2, chain })?.id).toBe(1);
  expect(issuedBefore({ revision: 1, chain })).toBeNull();
});
