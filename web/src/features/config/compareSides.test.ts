import { expect, it } from "vitest";
import type { Item } from "../../api/types";
import { addDays, momentOf, setServerNow, today } from "../../parts/format";
import { momentOfDay, sidesOf } from "./compareSides";

const item = (n: number | null) => ({ in_force: n === null ? null : { n } }) as Item;

it("compares what is in force with the one before it until something else is asked for", () => {
  expect(sidesOf({}, item(13))).toEqual({ from: { n: 12, day: undefined }, to: { n: 13, day: undefined } });
  expect(sidesOf({ from: 3 }, item(13))).toMatchObject({ from: { n: 3 }, to: { n: 13 } });
  expect(sidesOf({}, item(null))).toMatchObject({ from: { n: undefined }, to: { n: undefined } });
  expect(sidesOf({}, item(1))).toMatchObject({ from: { n: 1 }, to: { n: 1 } });
});

it("lets a day and a revision stand on either side", () => {
  const sides = sidesOf({ from_day: "2026-05-01", to: 9 }, item(13));
  expect(sides).toEqual({ from: { n: undefined, day: "2026-05-01" }, to: { n: 9, day: undefined } });
});

it("judges a day by its end in the company's zone, and today by now", () => {
  setServerNow(momentOf("2026-11-24", "09:30"));
  expect(momentOfDay("2026-05-01")).toBe(momentOf("2026-05-02", "00:00") - 1);
  expect(momentOfDay(addDays(today(), 1))).toBeGreaterThan(momentOfDay(today()));
  expect(momentOfDay(today())).toBeLessThan(momentOf("2026-11-24", "09:31"));
});
