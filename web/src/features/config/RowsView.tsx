import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Item } from "../../api/types";
import { inOrder } from "../../kinds/config/inOrder";
import { configKind } from "../../kinds/config/list";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { IconButton } from "../../parts/IconButton";
import { MoreRows } from "../../parts/MoreRows";
import { PrintedHead } from "../../parts/PrintedHead";
import { SearchBox } from "../../parts/SearchBox";
import { useIsPhone } from "../../parts/useIsPhone";
import { usePrintAll } from "../../parts/usePrintAll";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import { printText } from "../../text/print";
import styles from "./ItemPage.module.css";

const PAGE_ROWS = 100;

/** What is in force now, row by row. */
export function RowsView({ item }: { item: Item }) {
  const [q, setQ] = useState<string | undefined>();
  const phone = useIsPhone();
  const kind = configKind(item.kind);
  const query = useInfiniteQuery({
    queryKey: ["config", "rows", item.id, q],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/config/items/{id}/rows", {
          params: { path: { id: item.id }, query: { q, limit: PAGE_ROWS, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const printing = usePrintAll(query);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (!kind) return <EmptyState icon="warning" title={configText.unknownKind} />;
  if (query.error && !query.data)
    return <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />;
  if (query.data && rows.length === 0 && q === undefined)
    return <EmptyState icon="table" title={configText.noRows} hint={kind.noRows ?? configText.noRowsHint} />;
  return (
    <>
      <PrintedHead />
      <div className={styles.search} data-noprint>
        <SearchBox label={configText.searchRows} value={q} onChange={setQ} />
        {!phone && rows.length > 0 && (
          <IconButton
            icon="print"
            label={printing.busy ? printText.preparing : printText.printList}
            aria-busy={printing.busy}
            disabled={printing.busy}
            onClick={printing.print}
          />
        )}
      </div>
      {query.data && rows.length === 0 && (
        <EmptyState icon="search" title={baseText.nothingFound} hint={baseText.nothingFoundHint} />
      )}
      <ul className={styles.rows}>
        {inOrder(rows, kind.order).map((row) => {
          const reading = kind.read(row.key, row.content, row.shown);
          return (
            <li key={row.key}>
              <span className={styles.reading}>
                <b>{reading.title}</b>
                {reading.sub !== "" && <small>{reading.sub}</small>}
              </span>
              <span className={styles.value}>{reading.value}</span>
            </li>
          );
        })}
      </ul>
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
      {query.data && (
        <p className={styles.foot}>{baseText.totalOf(kind.counted(query.data.pages[0]?.total ?? 0))}</p>
      )}
    </>
  );
}
