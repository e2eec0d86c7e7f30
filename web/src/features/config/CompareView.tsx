import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Item } from "../../api/types";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { IconButton } from "../../parts/IconButton";
import { MoreRows } from "../../parts/MoreRows";
import { Skeleton } from "../../parts/Skeleton";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import styles from "./Compare.module.css";
import { ComparePick } from "./ComparePick";
import { allRevisions, type CompareSearch, revisionOnDay, type Side, sidesOf } from "./compareSides";
import { DiffView } from "./DiffView";

const PAGE_ROWS = 200;
const words = configText.compareSides;

interface CompareViewProps {
  item: Item;
  search: CompareSearch;
  onSearch: (search: CompareSearch) => void;
}

const asSearch = (from: Side, to: Side): CompareSearch => ({
  from: from.n,
  from_day: from.day,
  to: to.n,
  to_day: to.day,
});

/** Any two revisions, or what was in force on any two days, side by side; the link says which. */
export function CompareView({ item, search, onSearch }: CompareViewProps) {
  const { from, to } = sidesOf(search, item);
  const revisions = useQuery(allRevisions(item.id));
  const onFrom = useQuery(revisionOnDay(item.id, from.day));
  const onTo = useQuery(revisionOnDay(item.id, to.day));
  const one = from.day === undefined ? from.n : onFrom.data;
  const other = to.day === undefined ? to.n : onTo.data;
  const failed = revisions.error ?? onFrom.error ?? onTo.error;
  if (failed) return <Failure problem={asProblem(failed)} onRetry={() => revisions.refetch()} />;
  if (!revisions.data) return <Skeleton />;
  if (revisions.data.length === 0) return <EmptyState icon="history" title={configText.notYet} />;
  return (
    <>
      <div className={styles.sides}>
        <ComparePick
          label={configText.compareFrom}
          side={from}
          found={one}
          revisions={revisions.data}
          onSide={(side) => onSearch(asSearch(side, to))}
        />
        <IconButton icon="diff" label={words.swap} onClick={() => onSearch(asSearch(to, from))} />
        <ComparePick
          label={configText.compareTo}
          side={to}
          found={other}
          revisions={revisions.data}
          onSide={(side) => onSearch(asSearch(from, side))}
        />
      </div>
      <Differences item={item} from={one} to={other} byDay={from.day !== undefined && to.day !== undefined} />
    </>
  );
}

interface DifferencesProps {
  item: Item;
  from: number | undefined;
  to: number | undefined;
  byDay?: boolean;
}

/** What differs between two revisions, page by page. */
export function Differences({ item, from, to, byDay = false }: DifferencesProps) {
  const distinct = from !== undefined && to !== undefined && to > 0 && from !== to;
  const query = useInfiniteQuery({
    queryKey: ["config", "diff", item.id, from, to],
    enabled: distinct,
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/config/items/{id}/diff", {
          params: {
            path: { id: item.id },
            // Against nothing, everything is new.
            query: { from: from === 0 ? undefined : from, to, limit: PAGE_ROWS, after: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (from === undefined || to === undefined) return <Skeleton />;
  if (to === 0) return <EmptyState icon="calendar" title={words.nothingThen} />;
  if (from === to)
    return (
      <EmptyState
        icon="check"
        title={byDay ? words.sameOnBoth(baseText.version(to)) : words.sameTwice(baseText.version(to))}
        hint={byDay ? words.windowsStay : undefined}
      />
    );
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
