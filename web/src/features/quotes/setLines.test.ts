import { describe, expect, it } from "vitest";
import type { FilledSetLine } from "../../api/types";
import { isTaken, NO_CHOICES, priceInputs, takenLines } from "./setLines";

const line = (codes: string[], more: Partial<FilledSetLine> = {}): FilledSetLine => ({
  product: {
    id: 7,
    code: "P1",
    name: "外墙乳胶漆",
    spec: "",
    base_unit: "桶",
    units: [{ unit: "桶", factor: "1" }],
    tax_rate: "13",
    customer_code: null,
  },
  qty: "15.000",
  unit: "桶",
  note: "先到",
  group: "主卧",
  own: null,
  usable: !codes.includes("product_archived"),
  said: codes.map((code) => ({ code, detail: code })),
  ...more,
});

const freight = line(["price_missing"], {
  own: { kind: "freight", name: "送货", spec: "", tax_rate: "9" },
  qty: "1",
  unit: "车",
});

describe("lines of a list on their way into a draft", () => {
  it("takes what is as it was, with its room and note, and no price", () => {
    const [taken] = takenLines([line([])], NO_CHOICES);
    expect(taken).toMatchObject({ qty: "15", unit: "桶", note: "先到", group: "主卧" });
    expect(taken?.manual).toBeUndefined();
  });

  it("leaves out what cannot be sold, and what has no price unless it is asked for", () => {
    const lines = [line(["product_archived"]), line(["no_price"]), line(["unit_changed"])];
    expect(takenLines(lines, NO_CHOICES)).toHaveLength(1);
    expect(takenLines(lines, { taken: { 0: true, 1: true, 2: false }, prices: {} })).toHaveLength(1);
    expect(isTaken(line(["product_archived"]), 0, { taken: { 0: true }, prices: {} })).toBe(false);
  });

  it("asks for the prices of what goes in, each under its place in the list", () => {
    const lines = [line(["product_archived"]), line([]), freight];
    expect(priceInputs(lines, NO_CHOICES)).toMatchObject([{ id: "1", product_id: 7, qty: "15", unit: "桶" }]);
    const [, own] = priceInputs(lines, { taken: {}, prices: { 2: "300" } });
    expect(own).toMatchObject({ id: "2", own: { kind: "freight", price: "300" }, unit: "车" });
    expect(own?.product_id).toBeUndefined();
  });

  it("takes a service once its price is written", () => {
    expect(takenLines([freight], NO_CHOICES)).toHaveLength(0);
    expect(takenLines([freight], { taken: {}, prices: { 0: "三百" } })).toHaveLength(0);
    const [taken] = takenLines([freight], { taken: {}, prices: { 0: "300" } });
    expect(taken?.own).toMatchObject({ kind: "freight", name: "送货", price: "300", tax_rate: "9" });
    expect(taken?.product).toMatchObject({ id: 0, name: "送货", base_unit: "车" });
  });
});
