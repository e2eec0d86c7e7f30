import type { Hint } from "../parts/tabs";

/** Which tab listens for all of them, and when it last said so. */
export interface Lease {
  tab: string;
  at: number;
}

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
        ["today"],
        ["tasks"],
        ["bell"],
        ["notices"],
      ];
    default:
      return bell;
  }
}
