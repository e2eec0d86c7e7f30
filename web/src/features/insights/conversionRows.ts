import type { ConversionRow } from "../../api/types";
import { asFen, asYuan } from "../../parts/fen";
import { quickText } from "../../text/quick";

export const PARTS = ["signed", "lost", "cancelled", "expired", "open"] as const;
export type Figure = "sent" | (typeof PARTS)[number];
export type Order = "usual" | "rate" | "sent" | "signed";

/** How the list of quotations calls a part: exactly those that its number counts. */
const PART_FILTERS: Record<Figure, { state: string; lost?: string }> = {
  sent: { state: "issued,expired,signed,cancelled" },
  signed: { state: "signed" },
  lost: { state: "cancelled", lost: "any" },
  cancelled: { state: "cancelled", lost: "no" },
  expired: { state: "expired" },
  open: { state: "issued" },
};

/** Which groups, and of which days. */
export interface Asked {
  by: string;
  from: string;
  to: string;
}

/** A row as it is shown, in the table and on a phone. */
export interface NamedRow {
  row: ConversionRow;
  name: string;
  /** What its figures lead to; none of the total. */
  asked: Asked | null;
  /** What stands beside the name. */
  beside: string | null;
}

/** What the list of quotations is asked for just those that a figure counts; null where it cannot be asked. */
export function listOf(row: ConversionRow, part: Figure, { by, from, to }: Asked) {
  // Goods without a category cannot be asked of the list.
  if (row[part].count === 0 || (by === "category" && row.id === null)) return null;
  const days = by === "month" ? monthOf(row.name, from, to) : { from, to };
  return {
    ...days,
    ...PART_FILTERS[part],
    owner: by === "person" ? (row.id ?? undefined) : undefined,
    category: by === "category" ? (row.id ?? undefined) : undefined,
  };
}

/** Whether all that was sent still waits for the customer: of that no share says anything yet. */
const isUndecided = ({ sent, open }: ConversionRow) => sent.count > 0 && open.count === sent.count;

/** A share as it is shown: nothing of nothing, and no zero percent of what has no outcome. */
export function rateReads(row: ConversionRow, of: "rate_permille" | "money_permille"): string {
  const permille = row[of];
  if (permille === null) return "";
  return isUndecided(row) ? quickText.noOutcome : quickText.percent(permille);
}

const MOST: Record<Exclude<Order, "usual">, (row: ConversionRow) => number> = {
  rate: (row) => (isUndecided(row) ? -1 : (row.rate_permille ?? -1)),
  sent: (row) => row.sent.count,
  signed: (row) => row.signed.count,
};

/** The rows with the most first; as they came where nothing else is asked, and among equals. */
export const inOrder = (rows: ConversionRow[], order: Order) =>
  order === "usual" ? rows : [...rows].sort((one, other) => MOST[order](other) - MOST[order](one));

/** All rows together, without a name. Only where no quotation counts in two of them. */
export function totalOf(rows: ConversionRow[]): ConversionRow {
  const sum = (part: Figure) => ({
    count: rows.reduce((all, row) => all + row[part].count, 0),
    net: asYuan(rows.reduce((all, row) => all + asFen(row[part].net), 0n)),
  });
  const [sent, signed] = [sum("sent"), sum("signed")];
  const [lost, cancelled, expired, open] = [sum("lost"), sum("cancelled"), sum("expired"), sum("open")];
  return {
    id: null,
    name: "",
    sent,
    signed,
    lost,
    cancelled,
    expired,
    open,
    rate_permille: permille(BigInt(signed.count), BigInt(sent.count)),
    money_permille: permille(asFen(signed.net), asFen(sent.net)),
  };
}

/** In tenths of a percent, rounded half up as the server does; null of nothing. */
const permille = (part: bigint, whole: bigint) =>
  whole === 0n ? null : Number((part * 2000n + whole) / (whole * 2n));

/** The days of a month that lie within the period. */
function monthOf(month: string, from: string, to: string) {
  const [year, number] = month.split("-").map(Number);
  const days = new Date(Date.UTC(year ?? 0, number ?? 1, 0)).getUTCDate();
  const [first, last] = [`${month}-01`, `${month}-${String(days).padStart(2, "0")}`];
  return { from: first < from ? from : first, to: last > to ? to : last };
}
