import type { Checks } from "../../api/types";
import { outsideOf } from "../../kinds/config/price_list/ranges";

/** Why a row of a draft blocks it, by its key: of a price outside of the corridor in a few words, else as the checks say it. */
export type Blocked = ReadonlyMap<string, string>;

export const NOTHING_BLOCKS: Blocked = new Map();

/** The rows that block the draft, each with what is wrong first. */
export function blockedRows(checks: Checks | undefined): Blocked {
  const ranges = new Map(checks?.ranges.map((range) => [range.key, range]));
  const blocked = new Map<string, string>();
  for (const { key, code, severity, sentence } of checks?.items ?? []) {
    if (key === null || severity !== "block" || blocked.has(key)) continue;
    const range = code === "outside_corridor" ? ranges.get(key) : undefined;
    blocked.set(key, range === undefined ? sentence : outsideOf(range));
  }
  return blocked;
}

/** How many rows block the draft, read or not; where not all that is wrong is listed, how much that is. */
export function blockCount(checks: Checks | undefined): number {
  const listed = checks?.items.filter(({ severity }) => severity === "block").length ?? 0;
  return checks && checks.blocks > listed ? checks.blocks : blockedRows(checks).size;
}

/** What the draft puts out of the corridor in lists of regions: it is said of the whole draft, so no row of it shows that. */
export const putsOutside = (checks: Checks): string[] =>
  checks.items
    .filter(({ code }) => code === "puts_outside_corridor" || code === "puts_others_outside_corridor")
    .map(({ sentence }) => sentence);
