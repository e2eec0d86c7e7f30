import { expect, it } from "vitest";
import type { ConversionRow } from "../../api/types";
import { inOrder, listOf, rateReads, totalOf } from "./conversionRows";

const sum = (count: number, net = "0.00") => ({ count, net });
const row = (name: string, sent: number, signed: number, net = "0.00"): ConversionRow => ({
  id: 1,
  name,
  sent: sum(sent, "100.00"),
  signed: sum(signed, net),
  lost: sum(0),
  cancelled: sum(0),
  expired: sum(0),
  open: sum(sent - signed),
  rate_permille: sent === 0 ? null : Math.round((signed * 1000) / sent),
  money_permille: 0,
});
const rows = [row("甲", 3, 1, "33.35"), row("乙", 9, 2), row("丙", 0, 0), row("丁", 2, 2)];
const names = (found: ConversionRow[]) => found.map((one) => one.name).join("");

it("puts the most first by what is asked, and leaves the usual order as it came", () => {
  expect(names(inOrder(rows, "usual"))).toBe("甲乙丙丁");
  expect(names(inOrder(rows, "rate"))).toBe("丁甲乙丙");
  expect(names(inOrder(rows, "sent"))).toBe("乙甲丁丙");
  expect(names(inOrder(rows, "signed")), "among equals as it came").toBe("乙丁甲丙");
});

it("adds all rows up to the fen, with the rates of the whole", () => {
  const total = totalOf(rows);
  expect([total.sent, total.signed, total.open.count]).toEqual([sum(14, "400.00"), sum(5, "33.35"), 9]);
  expect([total.rate_permille, total.money_permille]).toEqual([357, 83]);
  expect(totalOf([]).rate_permille).toBeNull();
});

it("leads from a figure to just its quotations, and from nothing nowhere", () => {
  const asked = { by: "month", from: "2026-11-05", to: "2026-11-30" };
  const month = row("2026-11", 3, 1);
  expect(listOf(month, "signed", asked)).toMatchObject({
    from: "2026-11-05",
    to: "2026-11-30",
    state: "signed",
  });
  expect(listOf(month, "lost", asked)).toBeNull();
  expect(listOf({ ...month, id: null }, "sent", { ...asked, by: "category" })).toBeNull();
});

it("says of what has no outcome yet that it has none, and no zero percent", () => {
  expect(rateReads(row("甲", 1, 0), "rate_permille")).toBe("还没有结果");
  expect(rateReads(row("甲", 3, 1), "rate_permille")).toBe("33.3%");
  expect(rateReads({ ...row("甲", 2, 0), open: sum(1), lost: sum(1) }, "rate_permille")).toBe("0.0%");
  expect(rateReads(row("甲", 0, 0), "rate_permille")).toBe("");
});
