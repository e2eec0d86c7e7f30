import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { checksQuery } from "../../api/checks";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Draft } from "../../api/types";
import { Failure } from "../../parts/Failure";
import { MoreRows } from "../../parts/MoreRows";
import { Skeleton } from "../../parts/Skeleton";
import { DiffView } from "./DiffView";
import { risksByRow } from "./risksByRow";

const PAGE_ROWS = 200;

/** What the draft changes against what is in force; what must be acknowledged is marked and stands first. */
export function DraftDiff({ draft }: { draft: Draft }) {
  const query = useInfiniteQuery({
    queryKey: ["config", "draft diff", draft.id],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/config/drafts/{id}/diff", {
          params: { path: { id: draft.id }, query: { limit: PAGE_ROWS, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const open = draft.state === "editing" || draft.state === "submitted" || draft.state === "confirmed";
  const told = useQuery({ ...checksQuery(draft.id), enabled: open }).data?.risks.items;
  const risks = useMemo(() => risksByRow(told ?? []), [told]);
  if (query.error && !query.data)
    return <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />;
  const first = query.data?.pages[0];
  if (!first) return <Skeleton />;
  return (
    <>
      <DiffView
        kind={draft.item.kind}
        risks={risks}
        diff={{ ...first, items: query.data?.pages.flatMap((page) => page.items) ?? [] }}
      />
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </>
  );
}
