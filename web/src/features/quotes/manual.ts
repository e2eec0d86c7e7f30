import type { LineManual } from "../../api/types";
import { asDecimal } from "../../parts/format";

export type ManualWay = "none" | "unit_price" | "percent_off" | "amount_off";

export const PLACES: Record<Exclude<ManualWay, "none">, number> = {
  unit_price: 4,
  percent_off: 2,
  amount_off: 2,
};

/** Which way a manual price is given; "none" when the rules decide. */
export const wayOf = (manual: LineManual | null | undefined): ManualWay => {
  if (manual?.unit_price) return "unit_price";
  if (manual?.percent_off) return "percent_off";
  return manual?.amount_off ? "amount_off" : "none";
};

/** The manual price that was typed; undefined when the rules decide, null when it is no figure of its kind. */
export function manualOf(way: ManualWay, text: string): LineManual | undefined | null {
  if (way === "none") return undefined;
  const figure = asDecimal(text.replace(/%$/, ""), PLACES[way]);
  if (figure === null || (way === "percent_off" && Number(figure) > 100)) return null;
  return { [way]: figure };
}

/**
 * What stands behind the last whole yuan (or ten) of a sum, as it is written: "6853.63" leaves "0.63" or "3.63".
 * Empty when nothing does.
 */
export function tailOf(sum: string, ten: boolean): string {
  const [whole = "0", fraction = "00"] = sum.split(".");
  const tail = `${ten ? whole.slice(-1) : "0"}.${fraction}`;
  return /^0\.0*$/.test(tail) ? "" : tail;
}
