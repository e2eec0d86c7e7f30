import { expect, it } from "vitest";
import { looksLikeQty, readAhead, struck } from "./typedAhead";

const typed = (...keys: string[]) => keys.reduce((all, key) => struck(all, key) ?? all, "");

it("takes digits as the quantity and stays there until Enter", () => {
  expect(readAhead(typed("1", "0"))).toEqual({ qty: "10", cell: "qty", rest: "" });
  expect(readAhead("")).toEqual({ qty: undefined, cell: "qty", rest: "" });
});

it("goes on to the next product, however many units the first one has", () => {
  expect(readAhead(typed("5", "Enter"))).toEqual({ qty: "5", cell: "next", rest: "" });
  expect(readAhead(typed("5", "Enter", "N", "Q"))).toEqual({ qty: "5", cell: "next", rest: "NQ" });
});

it("takes what a scanner strikes at once as the next products, not as a quantity", () => {
  const scans = "6901234567892\n6901234567908\n";
  expect(readAhead(scans)).toEqual({ qty: undefined, cell: "next", rest: scans });
  expect(readAhead("10\n6901234567908\n5")).toEqual({ qty: "10", cell: "next", rest: "6901234567908\n5" });
  expect(readAhead("10000000\n")).toEqual({ qty: "10000000", cell: "next", rest: "" });
});

it("takes back what Backspace takes back, and knows keys that type nothing", () => {
  expect(typed("1", "2", "Backspace", "0")).toBe("10");
  expect(struck("1", "Shift")).toBeNull();
});

it("tells a quantity from the search for a product", () => {
  expect(["20", "1.5", "99999"].map(looksLikeQty)).toEqual([true, true, true]);
  expect(["123456", "乳胶漆", "20kg", "1.2.3", ""].map(looksLikeQty)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
