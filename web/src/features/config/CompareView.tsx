import { useInfiniteQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Item } from "../../api/types";
import { Failure } from "../../parts/Failure";
import { MoreRows } from "../../parts/MoreRows";
import { Skeleton } from "../../parts/Skeleton";
import { DiffView } from "./DiffView";

const PAGE_ROWS = 200;

/** Two revisions side by side; without a second one, against what is in force. */
export function CompareView({
  item,
  from,
  to,
}: {
  item: Item;
  from: number | undefined;
  to: number | undefined;
}) {
  const query = useInfiniteQuery({
    queryKey: ["config", "diff", item.id, from, to],
    enabled: from !== undefined,
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/config/items/{id}/diff", {
          params: {
            path: { id: item.id },
            query: { from: from ?? 0, to, limit: PAGE_ROWS, after: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (query.error && !query.data)
    return <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />;
  const first = query.data?.pages[0];
  if (!first) return <Skeleton />;
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <DiffView kind={item.kind} diff={{ ...first, items }} />
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </>
  );
}
