import { expect, it } from "vitest";
import {
  ACTIONS,
  actionsFor,
  atField,
  freshKey,
  hourMaxOf,
  mayLieAfter,
  nameOf,
  type Rule,
  readRule,
  ruleReads,
  startRule,
  TRIGGERS,
  withTrigger,
  writeRule,
} from "./model";

const silent: Rule = {
  name: "",
  on: true,
  trigger: { kind: "state_for", state: "issued", days: 2, minutes: 0 },
  actions: [
    { kind: "task", to: ["owner"], text: "", minutes: 480, proof: "text" },
    { kind: "notify", to: ["role:region_manager"], text: "" },
    { kind: "set_field", field: "follow_day", days: 2 },
  ],
  ends_on_progress: true,
  skip_after_hours: 0,
  each_missed: false,
  hour_max: null,
};

it("writes a rule as it was read", () => {
  expect(readRule(writeRule(silent))).toEqual(silent);
  expect(writeRule({ ...silent, ends_on_progress: false })).not.toHaveProperty("ends_on_progress");
  expect(writeRule(silent)).not.toHaveProperty("hour_max");
  for (const hour_max of [200, 1_000]) {
    expect(writeRule({ ...silent, hour_max })).toMatchObject({ hour_max });
    expect(hourMaxOf(readRule(writeRule({ ...silent, hour_max })), { hour_max: 150 })).toBe(hour_max);
  }
  // What is usual is known to the server alone.
  expect([hourMaxOf(silent, { hour_max: 150 }), hourMaxOf(silent, {})]).toEqual([150, null]);
});

it("reads the day of a row as it was called once, and writes it as it is called", () => {
  const trigger = { kind: "schedule", every: "week", day: 2, at: "09:00" } as const;
  const { day, ...rest } = trigger;
  const old = { ...writeRule(silent), trigger: { ...rest, weekday: day } };
  expect(readRule(old).trigger).toEqual(trigger);
  expect(writeRule(readRule(old))).toEqual(writeRule({ ...silent, trigger }));
});

it("reads a rule as a sentence", () => {
  const names: Record<string, string> = { region_manager: "区域经理" };
  expect(ruleReads(silent, (key) => names[key] ?? key)).toBe(
    "出具后 2 个工作日没有进展：派任务给单据负责人；发消息给区域经理；填字段",
  );
  expect(nameOf("quote_silent", silent)).toBe("报价没有进展");
  expect(nameOf("rule_1", { ...silent, name: "周会" })).toBe("周会");
});

it("offers every action where there is a record, and by the calendar those that need none", () => {
  for (const trigger of Object.values(TRIGGERS).filter(({ kind }) => kind !== "schedule")) {
    expect(actionsFor(trigger)).toEqual(Object.keys(ACTIONS));
  }
  expect(actionsFor(TRIGGERS.schedule)).toEqual(["task", "notify"]);
  expect(withTrigger(silent, TRIGGERS.schedule).actions.map(({ kind }) => kind)).toEqual(["task", "notify"]);
});

it("takes out what a rule of the calendar cannot do", () => {
  const weekly = withTrigger(silent, { kind: "schedule", every: "week", day: 1, at: "09:00" });
  expect(weekly.actions.map((action) => ("to" in action ? action.to : action.kind))).toEqual([
    [],
    ["role:region_manager"],
  ]);
  expect(weekly.ends_on_progress).toBe(false);
  // And what only the calendar can do goes with it.
  const each = { ...weekly, each_missed: true };
  expect(readRule(writeRule(each))).toEqual(each);
  expect(writeRule(withTrigger(each, silent.trigger))).not.toHaveProperty("each_missed");
});

it("keeps a rule before the last valid day, after which nobody waits", () => {
  const after = { kind: "date_field", field: "follow_day", days: 3, at: "09:00" } as const;
  expect(atField(after, "valid_until").days).toBe(-3);
  expect(atField({ ...after, days: -3 }, "follow_day").days).toBe(-3);
  expect([mayLieAfter("valid_until"), mayLieAfter("follow_day")]).toEqual([false, true]);
});

it("gives a new rule a key that was never given before, and something to do", () => {
  const keys = Array.from({ length: 200 }, freshKey);
  expect(new Set(keys).size).toBe(keys.length);
  // What the server takes as a key.
  expect(keys.filter((key) => !/^[a-z0-9_]{1,40}$/.test(key))).toEqual([]);
  expect(startRule().actions).toHaveLength(1);
});
