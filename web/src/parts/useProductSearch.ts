import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, read } from "../api/client";
import type { ProductRow } from "../api/types";
import { useDebounced } from "./useDebounced";

export const PRODUCTS_SHOWN = 12;
const SETTLE_MS = 90;
const NONE: ProductRow[] = [];

/** Products that fit what is being typed, with this customer's price; `ready` when they belong to the very text. */
export function useProductSearch(text: string, customerId: number | undefined, enabled = true) {
  const typed = text.trim();
  const q = useDebounced(typed, SETTLE_MS);
  const found = useQuery({
    queryKey: ["products", "pick", q, customerId],
    enabled,
    queryFn: ({ signal }) =>
      read(
        client.GET("/api/products", {
          params: { query: { q: q || undefined, customer: customerId, limit: PRODUCTS_SHOWN } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const ready = enabled && q === typed && found.isSuccess && !found.isPlaceholderData;
  return { rows: found.data?.items ?? NONE, ready, error: found.error };
}
