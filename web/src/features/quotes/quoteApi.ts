import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import type { QuoteFilters } from "../../app/search";

export const quoteKey = (id: number) => ["quotes", "one", id] as const;

export const quoteQuery = (id: number) =>
  queryOptions({
    queryKey: quoteKey(id),
    queryFn: ({ signal }) => read(client.GET("/api/quotes/{id}", { params: { path: { id } }, signal })),
  });

/** What the editor offers this person: the own limit, and texts kept ready. */
export const quoteOptionsQuery = queryOptions({
  queryKey: ["quotes", "options"],
  staleTime: 60_000,
  queryFn: ({ signal }) => read(client.GET("/api/quotes/options", { signal })),
});

const PAGE_ROWS = 50;

export const quoteListQuery = (filters: QuoteFilters) =>
  paged(["quotes", "list", filters], (after, signal) =>
    read(client.GET("/api/quotes", { params: { query: { ...filters, limit: PAGE_ROWS, after } }, signal })),
  );

export const pdfAddress = (id: number) => `/api/quotes/${id}/pdf`;
