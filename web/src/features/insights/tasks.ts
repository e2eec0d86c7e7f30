import type { TodayItem } from "../../api/types";

/** Who can do something about it; what is not named here is news for everybody. */
const TAKES: Record<string, string[]> = {
  quote_expiring: ["quote.write"],
  quote_expired: ["quote.write"],
  quote_draft: ["quote.write"],
  quote_asked: ["quote.issue"],
  quote_given_back: ["quote.write"],
  quote_waits: ["quote.write"],
  quote_follow_up: ["quote.write"],
  quote_opened: ["quote.write"],
  quote_void: ["quote.write", "quote.release_void"],
};

const ENDING = "quote_expiring";

/**
 * The things of today that the person can do, in the server's order, except that of what is about to end the first
 * to end stands first; the server orders by money within one day.
 */
export function tasksOf(items: TodayItem[], rights: string[]): TodayItem[] {
  const own = items.filter(({ kind }) => TAKES[kind]?.some((right) => rights.includes(right)) ?? true);
  const ending = own
    .filter(({ kind }) => kind === ENDING)
    .sort((one, other) => (one.due_day ?? "").localeCompare(other.due_day ?? ""));
  return own.map((item) => (item.kind === ENDING ? (ending.shift() ?? item) : item));
}

const EXPIRED = "quote_expired";
/** A draft about which a colleague asks this very person. */
const ASKED = "quote_asked";

/** What is to be done, in groups that each keep one order: what others ask of this person by name, what presses, what is about to end, what has ended. */
export function groupsOf(todo: TodayItem[]) {
  const byDay = (one: TodayItem, other: TodayItem) => (one.due_day ?? "").localeCompare(other.due_day ?? "");
  return {
    asked: todo.filter(({ kind }) => kind === ASKED),
    pressing: todo.filter(({ kind }) => ![ASKED, ENDING, EXPIRED].includes(kind)),
    ending: todo.filter(({ kind }) => kind === ENDING).sort(byDay),
    expired: todo.filter(({ kind }) => kind === EXPIRED).sort(byDay),
  };
}

/** What a customer has just accepted on a link, and this person has not seen. */
export const isFresh = ({ kind }: TodayItem) => kind === "order_accepted";

/** What merely tells: prices that came into force or will, and what was signed. */
export const isNews = (item: TodayItem) => !isFresh(item) && (item.tone === "info" || item.tone === "good");
