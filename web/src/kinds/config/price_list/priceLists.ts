import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../../api/client";
import type { ItemRow } from "../../../api/types";

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
