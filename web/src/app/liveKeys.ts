import type { Hint } from "../parts/tabs";

/** Which tab listens for all of them, and when it last said so. */
export interface Lease {
  tab: string;
  at: number;
}

/** The number of the hint that this browser heard last, and when a line was last open behind it. */
export interface Mark {
  last: string;
  at: number;
}

/** A page that was just opened has read all that it shows; older marks say nothing of what other tabs show. */
const MARK_MS = 120_000;

/**
 * Where a new line goes on: behind the mark, or, where none is known and the page has been open, with everything that is
 * shown asked for again.
 */
export function lineFor(mark: Partial<Mark> | null, first: boolean, now: number) {
  const known = typeof mark?.last === "string" && /^\d+$/.test(mark.last) && typeof mark.at === "number";
  const old = first && known && Math.abs(now - (mark.at ?? 0)) > MARK_MS;
  if (known && !old) return { address: `/api/stream?last=${mark.last}`, everything: false };
  return { address: "/api/stream", everything: !first };
}

/** Many screens are told to look at everything at the same moment: they do not all ask in it. */
const SPREAD_MS = 4_000;

/** How much longer a screen waits before it asks; `chance` is from 0 to 1. */
export const spreadMs = (hint: Hint, chance: number) =>
  hint.entity === "everything" ? Math.round(chance * SPREAD_MS) : 0;

/** A tab that has not said so for this long is gone, or asleep. */
const LEASE_MS = 6_000;

/** Whether this tab may listen: it does already, or nobody does. A clock that was set back frees it too. */
export const isFree = (held: Lease | null, tab: string, now: number) =>
  held === null || held.tab === tab || Math.abs(now - held.at) > LEASE_MS;

/**
 * What is asked for again. One quotation is not: who writes in it is told by its version, and who only looks at it asks
 * again by coming back.
 */
export function keysOf(hint: Hint): (string | number)[][] {
  const bell = hint.bell ? [["bell"], ["notices"], ["tasks"]] : [];
  switch (hint.entity) {
    case "quote":
      return [["quotes", "list"], ["today"], ...bell];
    case "order":
      return [["orders"], ["today"], ...bell];
    case "customer":
      return [["customers", "list"], ["customers", "timeline", hint.id], ...bell];
    case "task":
      return [["tasks"], ["bell"], ["notices"]];
    case "everything":
      return [
        ["quotes", "list"],
        ["orders"],
        ["customers", "list"],
        ["customers", "timeline"],
        ["today"],
        ["tasks"],
        ["bell"],
        ["notices"],
      ];
    default:
      return bell;
  }
}
