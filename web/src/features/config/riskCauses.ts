import type { Checks } from "../../api/types";

type Cause = "jump" | "apart" | "cost" | "floor";

const CAUSES: readonly Cause[] = ["jump", "apart", "cost", "floor"];

/** How many there are of each cause, a row's own and those through a tier or a list; null where not all are listed. */
export function causesOf({ count, items }: Checks["risks"]): [Cause, number][] | null {
  const codes = items.flatMap(({ reasons }) => reasons.map(({ code }) => code));
  const counted = CAUSES.map((cause): [Cause, number] => [
    cause,
    codes.filter((code) => code.endsWith(cause)).length,
  ]).filter(([, n]) => n > 0);
  const known = counted.reduce((sum, [, n]) => sum + n, 0);
  return known === count ? counted : null;
}
