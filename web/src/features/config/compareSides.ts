import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import type { Item, Revision } from "../../api/types";
import { addDays, momentOf, serverNow, today } from "../../parts/format";

/** What stands in the link of a comparison: on each side a revision, or a day on which one was in force. */
export interface CompareSearch {
  from?: number;
  to?: number;
  from_day?: string;
  to_day?: string;
}

/** One side of a comparison, as it is asked for. */
export interface Side {
  n: number | undefined;
  day: string | undefined;
}

/** The moment by which a day is judged: its end, and of today, now. */
export const momentOfDay = (day: string) =>
  day === today() ? serverNow() : momentOf(addDays(day, 1), "00:00") - 1;

/** Both sides; what the link leaves out is what is in force, beside the revision before it. */
export function sidesOf(search: CompareSearch, item: Item): { from: Side; to: Side } {
  const inForce = item.in_force?.n;
  const before = inForce !== undefined && inForce > 1 ? inForce - 1 : inForce;
  const from = search.from ?? (search.from_day === undefined ? before : undefined);
  const to = search.to ?? (search.to_day === undefined ? inForce : undefined);
  return { from: { n: from, day: search.from_day }, to: { n: to, day: search.to_day } };
}

/** The revision in force on a day, by the server's own word; 0 when there was none. */
export const revisionOnDay = (itemId: number, day: string | undefined) =>
  queryOptions({
    queryKey: ["config", "revision on", itemId, day],
    enabled: day !== undefined,
    queryFn: async ({ signal }) => {
      const query = { at: momentOfDay(day ?? today()), limit: 1 };
      const params = { path: { id: itemId }, query };
      return (await read(client.GET("/api/config/items/{id}/rows", { params, signal }))).n;
    },
  });

const PAGE = 200;

/** The whole history, newest first. */
export const allRevisions = (itemId: number) =>
  queryOptions({
    queryKey: ["config", "revisions", itemId, "all"],
    queryFn: async ({ signal }) => {
      const found: Revision[] = [];
      let after: string | undefined;
      do {
        const params = { path: { id: itemId }, query: { limit: PAGE, after } };
        const page = await read(client.GET("/api/config/items/{id}/revisions", { params, signal }));
        found.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      return found;
    },
  });
