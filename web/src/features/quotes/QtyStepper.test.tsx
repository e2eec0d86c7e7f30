import { expect, it } from "vitest";
import { stepped } from "./QtyStepper";

it("steps by whole units and keeps the fraction exact", () => {
  expect(stepped("1", 1n)).toBe("2");
  expect(stepped("0.1", 1n)).toBe("1.1");
  expect(stepped("2.125", -1n)).toBe("1.125");
  expect(stepped("9007199254740993", 1n)).toBe("9007199254740994");
});

it("never goes below nothing", () => {
  expect(stepped("1", -1n)).toBe("0");
  expect(stepped("0.5", -1n)).toBe("0");
});
