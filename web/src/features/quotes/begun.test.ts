import { expect, it } from "vitest";
import { begunFor, stillOffered } from "./begun";

const DAY = 86_400_000;
const known = { key: "first", customerId: 5, customerName: "宏远装饰", at: 1000 };

it("begins for the same customer under the same key until the answer is there", () => {
  expect(begunFor(known, 5, "宏远装饰", "second", 2000)).toBe(known);
});

it("is another request for another customer, and once the first is a day old", () => {
  expect(begunFor(known, 6, "海天", "second", 2000)).toEqual({
    key: "second",
    customerId: 6,
    customerName: "海天",
    at: 2000,
  });
  expect(begunFor(known, 5, "宏远装饰", "second", 1000 + DAY).key).toBe("second");
  expect(begunFor(undefined, 5, "宏远装饰", "second", 2000).key).toBe("second");
});

it("offers to go on for a day", () => {
  expect(stillOffered(known, 1000 + DAY - 1)).toBe(true);
  expect(stillOffered(known, 1000 + DAY)).toBe(false);
  expect(stillOffered(undefined, 0)).toBe(false);
});
