import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Item } from "../../api/types";
import { Button } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { MoreRows } from "../../parts/MoreRows";
import { configText } from "../../text/config";
import styles from "./History.module.css";
import { HistoryRow } from "./HistoryRow";

/** Every revision there ever was; nothing is ever erased. Two of them can be laid side by side. */
export function HistoryView({ item }: { item: Item }) {
  const navigate = useNavigate();
  const [picked, setPicked] = useState<number[]>([]);
  const query = useInfiniteQuery({
    queryKey: ["config", "revisions", item.id],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/config/items/{id}/revisions", {
          params: { path: { id: item.id }, query: { limit: 30, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const revisions = query.data?.pages.flatMap((page) => page.items) ?? [];
  const compare = (from: number, to: number | undefined) =>
    navigate({
      to: "/config/items/$itemId",
      params: { itemId: String(item.id) },
      search: { tab: "compare", from, to },
    });
  const pick = (n: number) =>
    setPicked(picked.includes(n) ? picked.filter((one) => one !== n) : [...picked.slice(-1), n]);
  const [one, other] = [...picked].sort((a, b) => a - b);
  if (query.error && !query.data)
    return <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />;
  if (query.data && revisions.length === 0) return <EmptyState icon="history" title={configText.notYet} />;
  return (
    <>
      <div className={styles.hint}>
        <span>{configText.comparePick}</span>
        <Button
          small
          icon="diff"
          disabled={other === undefined}
          onClick={() => one !== undefined && compare(one, other)}
        >
          {configText.compareTwo}
        </Button>
      </div>
      <ol>
        {revisions.map((revision) => (
          <HistoryRow
            key={revision.n}
            item={item}
            revision={revision}
            picked={picked.includes(revision.n)}
            onPick={() => pick(revision.n)}
            onCompare={() => compare(revision.n, undefined)}
          />
        ))}
      </ol>
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </>
  );
}
