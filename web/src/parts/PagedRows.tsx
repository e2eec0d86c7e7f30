import type { ReactNode } from "react";
import { asProblem } from "../api/problem";
import { Failure } from "./Failure";
import { MoreRows } from "./MoreRows";
import { Skeleton } from "./Skeleton";
import { useDelayed } from "./useDelayed";

interface PagedQuery<Row> {
  data: { pages: { items: Row[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

interface PagedRowsProps<Row> {
  query: PagedQuery<Row>;
  /** Stands there when there is no row at all. */
  empty: ReactNode;
  children: (rows: Row[]) => ReactNode;
}

/** The rows of a list that comes page by page, and the way to the next page. */
export function PagedRows<Row>({ query, empty, children }: PagedRowsProps<Row>) {
  const late = useDelayed(query.isPending);
  if (query.data === undefined) {
    if (query.error) return <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />;
    return late ? <Skeleton /> : null;
  }
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return empty;
  return (
    <>
      {children(rows)}
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </>
  );
}
