import { configText } from "../../../text/config";

const weekDays: readonly string[] = configText.kinds.calendar.weekDays;
const KEYS: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** What a row is called: its day of the week, or its date. */
export const dayName = (key: string) => weekDays[KEYS.indexOf(key)] ?? key;

/** Days of the week first and as they follow, then the dates. */
export const dayOrder = (key: string) => {
  const place = KEYS.indexOf(key);
  return place >= 0 ? `0${place}` : `1${key}`;
};

/** The key of what was typed: a date, or a day of the week by its name. Empty when it is neither. */
export function dayKey(typed: string) {
  const text = typed.trim();
  const place = weekDays.indexOf(text);
  if (place >= 0) return KEYS[place] ?? "";
  const [, year = "", month = "", day = ""] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  if (year === "") return "";
  const key = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${key}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(key) ? key : "";
}

const TIME = /^([01]?\d|2[0-3]):[0-5]\d$|^24:00$/;

/** Hours as they are kept, `09:00-12:00 13:00-18:00`; empty when nobody works; null when they mean nothing. */
export function readHours(typed: string) {
  const parts = typed
    .normalize("NFKC")
    .trim()
    .split(/[\s,;\u3001]+/)
    .filter((part) => part !== "");
  const read: string[] = [];
  for (const part of parts) {
    const [from = "", to = "", more] = part.split(/[-\u2013\u2014~\u81f3]/);
    if (!TIME.test(from) || !TIME.test(to) || more !== undefined || from === to) return null;
    read.push(`${from.padStart(5, "0")}-${to.padStart(5, "0")}`);
  }
  return read.join(" ");
}
