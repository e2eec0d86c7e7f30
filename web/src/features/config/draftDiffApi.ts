import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";

const PAGE_ROWS = 200;

/** The difference of a draft, page by page. */
export const draftDiffQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ["config", "draft diff", id],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/config/drafts/{id}/diff", {
          params: { path: { id }, query: { limit: PAGE_ROWS, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** The rows of the difference that have been read so far and tell by themselves why they stand out. */
export function useToldRows(id: number): ReadonlySet<string> {
  const pages = useInfiniteQuery({ ...draftDiffQuery(id), enabled: false }).data?.pages ?? [];
  const rows = pages.flatMap((page) => page.items);
  return new Set(rows.filter(({ risks }) => risks.length > 0).map(({ key }) => key));
}
