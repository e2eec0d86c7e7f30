import { WHOLE_UNITS } from "../../text/units";
import type { DraftLine } from "./draftModel";

/** A line of which a part of a pail, a bag or another unit is asked that is not split. */
export interface Split {
  id: string;
  /** Its place in the draft, the first line being 1. */
  row: number;
  qty: string;
  unit: string;
}

/** Digits behind the point that are not all zeros. */
const FRACTION = /\.\d*[1-9]/;

/** The lines whose quantity is not whole though their unit is counted. */
export function splitOf(lines: readonly DraftLine[]): Split[] {
  return lines.flatMap(({ id, qty, unit }, at) =>
    WHOLE_UNITS.includes(unit) && FRACTION.test(qty) ? [{ id, row: at + 1, qty, unit }] : [],
  );
}
