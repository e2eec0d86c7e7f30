import { expect, it } from "vitest";
import { type Bulk, changedPrice, isComplete, NEW_BULK, previewOf } from "./bulk";
import { asPrice, asUnits, averagePercent, percentBetween } from "./decimal";

const bulk = (patch: Partial<Bulk>): Bulk => ({ ...NEW_BULK, ...patch });
const percent = (value: string, patch: Partial<Bulk> = {}) => bulk({ value, ...patch });

it("works out percents in decimal digits, not in floats", () => {
  expect(changedPrice("1.005", percent("0"))).toBe("1.01");
  expect(changedPrice("128.00", percent("3"))).toBe("131.84");
  expect(changedPrice("0.15", percent("10"))).toBe("0.17");
  expect(changedPrice("99999999.99", percent("0"))).toBe("99999999.99");
  expect(changedPrice("43.50", percent("3", { down: true }))).toBe("42.20");
});

it("rounds a half away from zero, to the wanted place", () => {
  expect(changedPrice("10.005", percent("0", { rounding: "none" }))).toBe("10.005");
  expect(changedPrice("10.005", percent("0", { rounding: "fen" }))).toBe("10.01");
  expect(changedPrice("10.05", percent("0", { rounding: "jiao" }))).toBe("10.10");
  expect(changedPrice("10.50", percent("0", { rounding: "yuan" }))).toBe("11.00");
  expect(changedPrice("10.49", percent("0", { rounding: "yuan" }))).toBe("10.00");
});

it("gives prices the ending that is asked for, the nearest one", () => {
  const ending = (price: string, text: string) =>
    changedPrice(price, percent("0", { rounding: "ending", ending: text }));
  expect(ending("203", "9")).toBe("199.00");
  expect(ending("204", "9")).toBe("209.00");
  expect(ending("12.30", "0.9")).toBe("11.90");
  expect(ending("12.60", ".9")).toBe("12.90");
  expect(ending("12.60", "0.99")).toBe("12.99");
  expect(ending("150", "98")).toBe("198.00");
  expect(ending("0.30", "0.9")).toBe("0.90");
});

it("adds, takes away and sets amounts, and never makes a price of nothing", () => {
  expect(changedPrice("12.30", bulk({ way: "amount", value: "1.2" }))).toBe("13.50");
  expect(changedPrice("12.30", bulk({ way: "amount", value: "￥１", down: true }))).toBe("11.30");
  expect(changedPrice("12.30", bulk({ way: "amount", value: "12.30", down: true }))).toBeNull();
  expect(changedPrice("12.30", bulk({ way: "set", value: "88" }))).toBe("88.00");
  expect(changedPrice("0.001", percent("0", { rounding: "fen" }))).toBeNull();
  expect(changedPrice("100000000", percent("1"))).toBeNull();
});

it("says what a change would do before it is done", () => {
  const rows = [
    { key: "a", price: "100.00", current: "100.00" },
    { key: "b", price: "50.00", current: "51.50" },
    { key: "c", price: "0.001", current: "0.001" },
  ];
  const preview = previewOf(rows, percent("3"));
  expect(preview.changes).toEqual([{ key: "a", from: "100.00", to: "103.00" }]);
  expect(preview).toMatchObject({ same: 1, impossible: 1, average: "+3.0" });
});

it("wants figures before it begins", () => {
  expect(isComplete(percent(""))).toBe(false);
  expect(isComplete(percent("-3"))).toBe(false);
  expect(isComplete(percent("3.125"))).toBe(false);
  expect(isComplete(percent("2.5"))).toBe(true);
  expect(isComplete(percent("2.5", { rounding: "ending" }))).toBe(false);
  expect(isComplete(percent("2.5", { rounding: "ending", ending: "9" }))).toBe(true);
});

it("writes prices and percents as the server does", () => {
  expect(asPrice(asUnits("128.5"))).toBe("128.50");
  expect(asPrice(asUnits("0.1234"))).toBe("0.1234");
  expect(asPrice(asUnits("0.1230"))).toBe("0.123");
  expect(asPrice(asUnits("7"))).toBe("7.00");
  expect(percentBetween("43.50", "44.81")).toBe("+3.0");
  expect(percentBetween("100", "99.95")).toBe("-0.1");
  expect(percentBetween("0", "5")).toBeNull();
  expect(averagePercent([])).toBeNull();
});
