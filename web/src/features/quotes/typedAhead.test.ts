import { expect, it } from "vitest";
import { readAhead, struck } from "./typedAhead";

const typed = (...keys: string[]) => keys.reduce((all, key) => struck(all, key) ?? all, "");

it("takes digits as the quantity and stays there until Enter", () => {
  expect(readAhead(typed("1", "0"), false)).toEqual({ qty: "10", cell: "qty", rest: "" });
  expect(readAhead("", true)).toEqual({ qty: undefined, cell: "qty", rest: "" });
});

it("goes on to the unit where there are several, else to the next product", () => {
  expect(readAhead(typed("5", "Enter"), true)).toEqual({ qty: "5", cell: "unit", rest: "" });
  expect(readAhead(typed("5", "Enter", "N", "Q"), false)).toEqual({ qty: "5", cell: "next", rest: "NQ" });
  expect(readAhead(typed("5", "Enter", "Enter", "N"), true)).toEqual({ qty: "5", cell: "next", rest: "N" });
});

it("takes back what Backspace takes back, and knows keys that type nothing", () => {
  expect(typed("1", "2", "Backspace", "0")).toBe("10");
  expect(struck("1", "Shift")).toBeNull();
});
