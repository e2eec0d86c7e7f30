import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import type { CustomerFilters } from "../../app/search";

const PAGE_ROWS = 50;

export const customerKey = (id: number) => ["customers", "one", id] as const;

export const customerQuery = (id: number) =>
  queryOptions({
    queryKey: customerKey(id),
    queryFn: ({ signal }) => read(client.GET("/api/customers/{id}", { params: { path: { id } }, signal })),
  });

export const customerListQuery = (filters: CustomerFilters) =>
  infiniteQueryOptions({
    queryKey: ["customers", "list", filters],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/customers", {
          params: { query: { ...filters, limit: PAGE_ROWS, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
