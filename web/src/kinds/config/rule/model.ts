import { randomKey } from "../../../api/ids";
import type { Content } from "../../../api/types";
import { ruleText } from "../../../text/rules";

export type WatchedEvent =
  | "quote_issued"
  | "quote_signed"
  | "quote_lost"
  | "quote_cancelled"
  | "quote_opened"
  | "quote_shared";
export type DateName = "valid_until" | "follow_day";
export type Every = "day" | "workday" | "week" | "month";
export type Proof = "none" | "text" | "file";

export type Trigger =
  | { kind: "event"; event: WatchedEvent; minutes: number }
  | { kind: "state_for"; state: "issued"; days: number; minutes: number; wall?: boolean }
  | { kind: "date_field"; field: DateName; days: number; working?: boolean; at: string }
  // `day` of the week, 1 is Monday, or of the month.
  | { kind: "schedule"; every: Every; day: number; at: string };

export type Action =
  | { kind: "task"; to: string[]; text: string; minutes: number; proof: Proof }
  | { kind: "notify"; to: string[]; text: string }
  | { kind: "set_field"; field: string; days: number };

export interface Rule {
  name: string;
  on: boolean;
  trigger: Trigger;
  actions: Action[];
  ends_on_progress: boolean;
  skip_after_hours: number;
  /** Of a schedule: caught up once for each time that was missed, not once for all. */
  each_missed: boolean;
  /** How often it runs in an hour at most; `null`: what is usual, which the server tells beside the row. */
  hour_max: number | null;
}

export const ACTIONS_MAX = 5;
const NINE = "09:00";

/** What each trigger begins with when somebody picks it. */
export const TRIGGERS: { [K in Trigger["kind"]]: Extract<Trigger, { kind: K }> } = {
  event: { kind: "event", event: "quote_signed", minutes: 0 },
  state_for: { kind: "state_for", state: "issued", days: 2, minutes: 0 },
  date_field: { kind: "date_field", field: "valid_until", days: -2, working: true, at: NINE },
  schedule: { kind: "schedule", every: "week", day: 1, at: NINE },
};

/** What each action begins with when somebody picks it. */
export const ACTIONS: { [K in Action["kind"]]: Extract<Action, { kind: K }> } = {
  task: { kind: "task", to: ["owner"], text: "", minutes: 480, proof: "none" },
  notify: { kind: "notify", to: ["owner"], text: "" },
  set_field: { kind: "set_field", field: "follow_day", days: 2 },
};

export const isShipped = (key: string) => key in ruleText.usualNames;

/** What comes round by the calendar is about no record: it has no owner and nothing to set. */
const ABOUT_RECORD: { [K in Trigger["kind"]]: boolean } = {
  event: true,
  state_for: true,
  date_field: true,
  schedule: false,
};

export const hasRecord = (trigger: Trigger) => ABOUT_RECORD[trigger.kind];

/** What is done to the record itself: without one there is nothing that it could be done to. */
const NEEDS_RECORD: { [K in Action["kind"]]: boolean } = {
  task: false,
  notify: false,
  set_field: true,
};

/** Whether a rule with this trigger can do that, as the server checks it. */
export const canDo = (kind: Action["kind"], trigger: Trigger) => hasRecord(trigger) || !NEEDS_RECORD[kind];

/** The actions that a rule with this trigger offers. */
export const actionsFor = (trigger: Trigger) =>
  (Object.keys(ACTIONS) as Action["kind"][]).filter((kind) => canDo(kind, trigger));

/** The trigger of a row; rows written before `day` had its name call it `weekday`. */
function readTrigger(trigger: Trigger & { weekday?: number }): Trigger {
  const { weekday, ...rest } = trigger;
  return rest.kind === "schedule" && weekday !== undefined ? { ...rest, day: weekday } : rest;
}

export function readRule(content: Content): Rule {
  const rule = content as Partial<Rule>;
  return {
    name: rule.name ?? "",
    on: rule.on === true,
    trigger: readTrigger(rule.trigger ?? TRIGGERS.state_for),
    actions: Array.isArray(rule.actions) ? rule.actions : [],
    ends_on_progress: rule.ends_on_progress === true,
    skip_after_hours: rule.skip_after_hours ?? 0,
    each_missed: rule.each_missed === true,
    hour_max: rule.hour_max ?? null,
  };
}

/** How often the rule runs in an hour at most; `null` until the server has told what is usual. */
export function hourMaxOf(rule: Rule, shown: Record<string, unknown>): number | null {
  const told = typeof shown.hour_max === "number" ? shown.hour_max : null;
  return rule.hour_max ?? told;
}

/** The rule as the server keeps it: nothing that is not said. */
export function writeRule(rule: Rule): Content {
  const { ends_on_progress, each_missed, hour_max, ...rest } = rule;
  const progress = ends_on_progress ? { ends_on_progress } : {};
  const limit = hour_max === null ? {} : { hour_max };
  const each = each_missed ? { each_missed } : {};
  return { ...rest, ...progress, ...each, ...limit } as unknown as Content;
}

type DateTrigger = Extract<Trigger, { kind: "date_field" }>;

/** After the last valid day nobody waits for a quotation: a rule may only lie before it, or on it. */
export const mayLieAfter = (field: DateName) => field !== "valid_until";

/** The trigger at another day, on a side on which it can lie. */
export const atField = (trigger: DateTrigger, field: DateName): DateTrigger => ({
  ...trigger,
  field,
  days: mayLieAfter(field) ? trigger.days : -Math.abs(trigger.days),
});

/** The rule with another trigger: what the calendar cannot do is taken out of its actions, and what only the calendar can. */
export function withTrigger(rule: Rule, trigger: Trigger): Rule {
  if (hasRecord(trigger)) return { ...rule, trigger, each_missed: false };
  const actions = rule.actions
    .filter(({ kind }) => canDo(kind, trigger))
    .map((action) => ("to" in action ? { ...action, to: action.to.filter((to) => to !== "owner") } : action));
  return { ...rule, trigger, actions, ends_on_progress: false };
}

/** A key that no rule ever had: what a deleted rule did stands under its key for ever, and no later rule may inherit it. */
export const freshKey = (): string => `rule_${randomKey().replace(/-/g, "").slice(0, 12)}`;

/** What a new rule begins with. */
export const startRule = (): Rule => ({
  name: ruleText.unnamed,
  on: true,
  trigger: { ...TRIGGERS.state_for } as Trigger,
  actions: [{ ...ACTIONS.task, text: ruleText.unnamed } as Action],
  ends_on_progress: false,
  skip_after_hours: 0,
  each_missed: false,
  hour_max: null,
});

export const nameOf = (key: string, rule: Rule) =>
  rule.name || (ruleText.usualNames[key] ?? ruleText.unnamed);

/** When it runs, in one phrase. */
export function triggerReads(trigger: Trigger): string {
  const { reads } = ruleText;
  switch (trigger.kind) {
    case "event":
      return reads.event(ruleText.events[trigger.event] ?? "", trigger.minutes ?? 0);
    case "state_for":
      return reads.wait(trigger.days ?? 0, trigger.minutes ?? 0, trigger.wall === true);
    case "date_field":
      return reads.date(
        ruleText.fields[trigger.field] ?? "",
        trigger.days,
        trigger.working === true,
        trigger.at,
      );
    case "schedule":
      return reads.schedule(
        trigger.every === "week"
          ? `${ruleText.everies.week} ${ruleText.weekdays[trigger.day - 1] ?? ""}`
          : (ruleText.everies[trigger.every] ?? ""),
        trigger.at,
      );
  }
}

/** What it does, in one phrase; roles by their names where they are known. */
export function actionReads(action: Action, roleName: (key: string) => string): string {
  if (action.kind === "set_field") return ruleText.kinds.set_field;
  const who = action.to.map((to) => (to === "owner" ? ruleText.owner : roleName(to.replace("role:", ""))));
  return ruleText.reads.to(ruleText.kinds[action.kind] ?? "", who.join(ruleText.reads.join));
}

/** The whole rule in one sentence. */
export function ruleReads(rule: Rule, roleName: (key: string) => string): string {
  const done = rule.actions.map((action) => actionReads(action, roleName)).join(ruleText.reads.and);
  return `${triggerReads(rule.trigger)}${ruleText.reads.so}${done}`;
}
