import { baseText } from "../text/base";

const ZONE = "Asia/Shanghai";
const DAY_MS = 86_400_000;

let clockOffset = 0;

/** Learns how far the browser's clock stands from the server's. */
export function setServerNow(serverNow: number) {
  clockOffset = serverNow - Date.now();
}

/** The moment by the server's clock. */
export const serverNow = () => Date.now() + clockOffset;

const parts = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function pieces(at: number) {
  const found: Record<string, string> = {};
  for (const part of parts.formatToParts(at)) found[part.type] = part.value;
  return found;
}

/** The day of a moment in the company's time zone, as "2026-05-01". */
export function dayOf(at: number): string {
  const { year, month, day } = pieces(at);
  return `${year}-${month}-${day}`;
}

export const today = () => dayOf(serverNow());

/** "14:05" in the company's time zone. */
export function clockTime(at: number): string {
  const { hour, minute } = pieces(at);
  return `${hour}:${minute}`;
}

/** The moment of a day and a time of day in the company's time zone (which has no summer time). */
export function momentOf(day: string, time: string): number {
  return Date.parse(`${day}T${time}:00+08:00`);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** "5月1日", with the year when it is not this one. */
export function formatDay(day: string, now = today()): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  if (day.slice(0, 4) === now.slice(0, 4)) return baseText.monthDay(month, date);
  return baseText.yearMonthDay(year, month, date);
}

/** "2026年5月1日": where it is read long after, the year belongs to it. */
export function formatFullDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return baseText.yearMonthDay(year, month, date);
}

/** "5月1日 14:05" */
export const formatMoment = (at: number) => `${formatDay(dayOf(at))} ${clockTime(at)}`;

/** "3 天前"; older than 30 days: the day itself. */
export function formatAgo(at: number, now = serverNow()): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return baseText.justNow;
  if (minutes < 60) return baseText.minutesAgo(minutes);
  const days = daysBetween(dayOf(at), dayOf(now));
  if (days === 0) return baseText.hoursAgo(Math.floor(minutes / 60));
  if (days === 1) return baseText.yesterday;
  if (days <= 30) return baseText.daysAgo(days);
  return formatDay(dayOf(at), dayOf(now));
}

/** Groups the digits of a decimal string: "7065.60" → "7,065.60". */
export function group(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** "¥7,065.60" */
export function formatMoney(decimal: string): string {
  const negative = decimal.startsWith("-");
  return `${negative ? "-" : ""}${baseText.currency}${group(negative ? decimal.slice(1) : decimal)}`;
}

/** Money that a right may hide. */
export const moneyOr = (decimal: string | null | undefined, otherwise = "") =>
  decimal == null ? otherwise : formatMoney(decimal);

/** Money on a card: from 10,000 on in 万 with one decimal. */
export function formatWan(decimal: string): string {
  const negative = decimal.startsWith("-");
  const yuan = BigInt((negative ? decimal.slice(1) : decimal).split(".")[0] || "0");
  if (yuan < 10_000n) return formatMoney(decimal);
  const tenths = (yuan + 500n) / 1000n;
  const text = `${group(String(tenths / 10n))}.${tenths % 10n}`;
  return `${negative ? "-" : ""}${baseText.currency}${baseText.wan(text)}`;
}

/** "+3.68", so that a difference shows its direction without colour. */
export const signed = (decimal: string) => (/^[-+]|^0(\.0*)?$/.test(decimal) ? decimal : `+${decimal}`);

/** A quantity without needless zeros: "60.000" → "60". */
export const trimZeros = (decimal: string) =>
  decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;

/** Full-width digits and Chinese punctuation of numbers folded, spaces and ¥ taken out. */
export function foldNumber(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。]/g, ".")
    .replace(/[，,\s¥￥\u5143]/g, "");
}

/** The text as a plain decimal with at most `places` decimals, or null. */
export function asDecimal(text: string, places: number): string | null {
  const folded = foldNumber(text);
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(folded)) return null;
  const [whole = "0", fraction = ""] = folded.split(".");
  if (fraction.length > places) return null;
  const plain = (whole === "" ? "0" : whole).replace(/^0+(?=\d)/, "");
  return fraction === "" ? plain : `${plain}.${fraction}`;
}

/** Seconds as "48 秒" or "3 分 20 秒". */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return baseText.seconds(Math.round(seconds));
  return baseText.minutesSeconds(Math.floor(seconds / 60), Math.round(seconds % 60));
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
