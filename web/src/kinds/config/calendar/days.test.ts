import { describe, expect, it } from "vitest";
import { dayKey, dayName, dayOrder, readHours } from "./days";

describe("the days of the calendar", () => {
  it("are named and found by name", () => {
    expect(dayName("sat")).toBe("周六");
    expect(dayName("2027-02-05")).toBe("2027-02-05");
    expect(dayKey(" 周六 ")).toBe("sat");
    expect(dayKey("2027/2/5")).toBe("2027-02-05");
    for (const wrong of ["", "周八", "2027-02-30", "27-2-5", "sat"]) expect(dayKey(wrong)).toBe("");
  });

  it("have hours as people type them, none, or none that mean anything", () => {
    expect(readHours("9:00-12:00、13：00至18:00")).toBe("09:00-12:00 13:00-18:00");
    expect(readHours("22:00-6:00")).toBe("22:00-06:00");
    expect(readHours("  ")).toBe("");
    for (const wrong of ["9-12", "9:00", "9:00-9:00", "25:00-26:00", "9:00-12:00-13:00"]) {
      expect(readHours(wrong)).toBeNull();
    }
  });
});

it("puts the days of the week before the dates, as they follow", () => {
  const keys = ["2026-12-31", "fri", "mon", "sun", "2026-01-02", "tue"];
  const sorted = keys.sort((one, other) => dayOrder(one).localeCompare(dayOrder(other)));
  expect(sorted).toEqual(["mon", "tue", "fri", "sun", "2026-01-02", "2026-12-31"]);
});
