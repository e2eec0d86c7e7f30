import { expect, it } from "vitest";
import type { TodayItem } from "../../api/types";
import { groupsOf, isNews, tasksOf } from "./tasks";

const item = (kind: string, id: number, due_day: string | null = null): TodayItem => ({
  kind,
  due_day,
  at: null,
  detail: "",
  net: null,
  sentence: "",
  tone: "urgent",
  link: { kind: "quote", id },
  notice: null,
});
const ids = (items: TodayItem[]) => items.map((one) => one.link.id);

it("puts what ends first before what ends later, whatever it is worth", () => {
  const items = [
    item("config_confirm", 1),
    item("quote_expiring", 2, "2026-11-27"),
    item("quote_expiring", 3, "2026-11-25"),
    item("quote_draft", 4),
  ];
  expect(ids(tasksOf(items, ["quote.write"]))).toEqual([1, 3, 2, 4]);
});

it("keeps the server's order, the most money first, among what ends on one day", () => {
  const items = [item("quote_expiring", 2, "2026-11-25"), item("quote_expiring", 3, "2026-11-25")];
  expect(ids(tasksOf(items, ["quote.write"]))).toEqual([2, 3]);
});

it("offers nobody a task that takes a right of others, and tells everybody the news", () => {
  const items = [item("quote_expired", 1), item("quote_void", 2), item("order_signed", 3)];
  expect(ids(tasksOf([item("quote_asked", 4)], ["quote.issue"]))).toEqual([4]);
  expect(ids(tasksOf([item("quote_asked", 4)], ["quote.read"]))).toEqual([]);
  expect(ids(tasksOf(items, ["quote.read"]))).toEqual([3]);
  expect(ids(tasksOf(items, ["quote.release_void"]))).toEqual([2, 3]);
});

it("takes what came into force and what was signed as news, and nothing that waits for somebody", () => {
  const tones = ["urgent", "waiting", "good", "info"].filter((tone) => isNews({ ...item("any", 1), tone }));
  expect(tones).toEqual(["good", "info"]);
});

it("keeps apart what presses, what is about to end and what has ended, the longest ago first", () => {
  const groups = groupsOf([
    item("quote_asked", 1),
    item("quote_expiring", 2, "2026-12-02"),
    item("quote_expiring", 3, "2026-12-01"),
    item("quote_expired", 4, "2026-11-27"),
    item("quote_draft", 5),
    item("quote_expired", 6, "2026-11-23"),
    item("quote_expired", 7, "2026-11-27"),
    item("config_confirm", 8),
  ]);
  expect(ids(groups.asked), "of this person by name").toEqual([1]);
  expect(ids(groups.pressing)).toEqual([5, 8]);
  expect(ids(groups.ending)).toEqual([3, 2]);
  expect(ids(groups.expired), "of one day in the server's order, the most money first").toEqual([6, 4, 7]);
});
