import { infiniteQueryOptions, keepPreviousData, type QueryKey } from "@tanstack/react-query";

/** A page of a list, with the mark from which the next one goes on. */
export interface ListPage<Row, Total> {
  items: Row[];
  next: string | null;
  total: Total;
}

/** A list that comes page by page; what is shown stays until other filters have their answer. */
export const paged = <Page extends { next: string | null }>(
  queryKey: QueryKey,
  fetchPage: (after: string | undefined, signal: AbortSignal) => Promise<Page>,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
