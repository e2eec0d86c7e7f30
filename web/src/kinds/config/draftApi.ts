import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import type { DraftRow } from "../../api/types";

export const draftKey = (id: number) => ["config", "draft", id] as const;
export const draftRowsKey = (id: number) => ["config", "draft rows", id] as const;

export const draftQuery = (id: number) =>
  queryOptions({
    queryKey: draftKey(id),
    queryFn: ({ signal }) =>
      read(client.GET("/api/config/drafts/{id}", { params: { path: { id } }, signal })),
  });

const PAGE_ROWS = 5000;

/** All rows of a draft, in pages as large as the server gives them. */
async function allRows(id: number, signal: AbortSignal): Promise<DraftRow[]> {
  const rows: DraftRow[] = [];
  let after: string | undefined;
  do {
    const page = await read(
      client.GET("/api/config/drafts/{id}/rows", {
        params: { path: { id }, query: { limit: PAGE_ROWS, after } },
        signal,
      }),
    );
    rows.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return rows;
}

export const draftRowsQuery = (id: number) =>
  queryOptions({
    queryKey: draftRowsKey(id),
    queryFn: ({ signal }) => allRows(id, signal),
    staleTime: 60_000,
  });
