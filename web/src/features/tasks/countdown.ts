import { taskText } from "../../text/tasks";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How urgent it looks: half of its time gone, nine tenths gone, over. */
export type Urgency = "calm" | "soon" | "late" | "over";

const RISING: Urgency[] = ["calm", "soon", "late", "over"];

/** The most urgent of several. */
export const mostUrgent = (all: Urgency[]): Urgency =>
  RISING.reduce<Urgency>((most, one) => (all.includes(one) ? one : most), "calm");

/** A span in the two largest units that say something. */
export function spanText(ms: number): string {
  const span = Math.abs(ms);
  if (span < HOUR) return taskText.minutes(Math.max(1, Math.floor(span / MINUTE)));
  if (span < DAY) return taskText.hours(Math.floor(span / HOUR), Math.floor((span % HOUR) / MINUTE));
  return taskText.days(Math.floor(span / DAY), Math.floor((span % DAY) / HOUR));
}

/** What is left at `now`, or how far it is over. */
export function countdown(created: number, due: number, now: number): { text: string; urgency: Urgency } {
  const left = due - now;
  if (left <= 0) return { text: taskText.over(spanText(left)), urgency: "over" };
  const gone = (now - created) / Math.max(1, due - created);
  const urgency = gone >= 0.9 ? "late" : gone >= 0.5 ? "soon" : "calm";
  return { text: taskText.left(spanText(left)), urgency };
}
