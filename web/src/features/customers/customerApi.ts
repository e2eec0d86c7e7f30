import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import type { CustomerFilters } from "../../app/search";

const PAGE_ROWS = 50;

export const customerKey = (id: number) => ["customers", "one", id] as const;

export const customerQuery = (id: number) =>
  queryOptions({
    queryKey: customerKey(id),
    queryFn: ({ signal }) => read(client.GET("/api/customers/{id}", { params: { path: { id } }, signal })),
  });

export const customerListQuery = (filters: CustomerFilters) =>
  paged(["customers", "list", filters], (after, signal) =>
    read(
      client.GET("/api/customers", { params: { query: { ...filters, limit: PAGE_ROWS, after } }, signal }),
    ),
  );
