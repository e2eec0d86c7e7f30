import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { TimelineItem } from "../../api/types";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { formatMoment, formatMoney } from "../../parts/format";
import { MoreRows } from "../../parts/MoreRows";
import { customersText } from "../../text/customers";
import styles from "./Customer.module.css";

function Sentence({ item }: { item: TimelineItem }) {
  if (item.order_id !== null) {
    return (
      <Link to="/orders/$orderId" params={{ orderId: String(item.order_id) }}>
        {item.sentence}
      </Link>
    );
  }
  if (item.quote_id !== null) {
    return (
      <Link to="/quotes/$quoteId" params={{ quoteId: String(item.quote_id) }}>
        {item.sentence}
      </Link>
    );
  }
  return item.sentence;
}

/** What happened with this customer, newest first. */
export function CustomerTimeline({ id }: { id: number }) {
  const query = useInfiniteQuery({
    queryKey: ["customers", "timeline", id],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/customers/{id}/timeline", {
          params: { path: { id }, query: { limit: 30, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error && !query.data)
    return <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />;
  if (query.data && items.length === 0) return <EmptyState icon="history" title={customersText.noTimeline} />;
  return (
    <>
      <ol className={styles.timeline}>
        {items.map((item) => (
          <li key={`${item.at} ${item.kind} ${item.quote_id} ${item.order_id}`} className={styles.event}>
            <span className={styles.dot} />
            <div>
              <Sentence item={item} />
              <small>{[item.by?.name, formatMoment(item.at)].filter(Boolean).join(" · ")}</small>
            </div>
            {item.net !== null && <b>{formatMoney(item.net)}</b>}
          </li>
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
