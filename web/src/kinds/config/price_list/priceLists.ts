import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../../api/client";
import type { ItemRow, Org } from "../../../api/types";

/** All price lists, page by page: whoever chooses one must find it. */
export const priceListsQuery = queryOptions({
  queryKey: ["config", "items", "price_list"],
  queryFn: async ({ signal }) => {
    const lists: ItemRow[] = [];
    let after: string | undefined;
    do {
      const query = { kind: "price_list", limit: 200, after };
      const page = await read(client.GET("/api/config/items", { params: { query }, signal }));
      lists.push(...page.items);
      after = page.next ?? undefined;
    } while (after !== undefined);
    return lists;
  },
});

/** The lists that formulas of `item` may ask, as far as can be told from here: those of regions and those that were never
 * published are none. The chosen one stays. */
export function basesFor(
  item: number,
  lists: readonly ItemRow[],
  orgs: readonly Org[],
  chosen: number | null,
): ItemRow[] {
  const ofRegion = (list: ItemRow) => orgs.some((org) => org.kind === "region" && org.id === list.scope.id);
  const published = (list: ItemRow) => Boolean(list.in_force) || list.queued.length > 0;
  return lists.filter(
    (list) => list.id === chosen || (list.id !== item && published(list) && !ofRegion(list)),
  );
}
