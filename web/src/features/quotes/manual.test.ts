import { expect, it } from "vitest";
import { manualOf, tailOf, wayOf } from "./manual";

it("reads a manual price by its way, and knows none from a wrong one", () => {
  expect(manualOf("none", "5")).toBeUndefined();
  expect(manualOf("unit_price", "１１２.5")).toEqual({ unit_price: "112.5" });
  expect(manualOf("percent_off", "5%")).toEqual({ percent_off: "5" });
  expect(manualOf("percent_off", "100.01")).toBeNull();
  expect(manualOf("amount_off", "0.001")).toBeNull();
  expect(manualOf("amount_off", "")).toBeNull();
});

it("names the way of what is set", () => {
  expect(wayOf(undefined)).toBe("none");
  expect(wayOf({ unit_price: null, percent_off: "5", amount_off: null })).toBe("percent_off");
});

it("takes the tail of a sum as it is written", () => {
  expect(tailOf("6853.63", false)).toBe("0.63");
  expect(tailOf("6853.63", true)).toBe("3.63");
  expect(tailOf("6850.00", true)).toBe("");
  expect(tailOf("7.05", true)).toBe("7.05");
});
