import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ListPage } from "../api/paged";
import { asProblem } from "../api/problem";
import { baseText } from "../text/base";
import { printText } from "../text/print";
import { Button } from "./Button";
import { EmptyState } from "./EmptyState";
import { Failure } from "./Failure";
import { FilterBar } from "./FilterBar";
import type { IconName } from "./Icon";
import { IconButton } from "./IconButton";
import { MoreRows } from "./MoreRows";
import { Page } from "./Page";
import { PrintedHead } from "./PrintedHead";
import { type Column, type Glance, RecordList } from "./RecordList";
import { SearchBox } from "./SearchBox";
import { Skeleton } from "./Skeleton";
import { useDelayed } from "./useDelayed";
import { useIsPhone } from "./useIsPhone";
import { usePrintAll } from "./usePrintAll";

interface ListFrameProps<Row, Total, Filters> {
  title: string;
  /** The one button that makes a new record; an empty list offers it too. */
  create?: ReactNode;
  /** Stands above the filters. */
  before?: ReactNode;
  /** Stands below the filters: views, columns, export. */
  tools?: ReactNode;
  query: UseInfiniteQueryResult<InfiniteData<ListPage<Row, Total>>>;
  /** As they stand in the link. */
  filters: Filters;
  onFilters: (filters: Filters) => void;
  searchLabel: string;
  chips: (set: (change: Partial<Filters>) => void) => ReactNode;
  empty: { icon: IconName; title: string; hint: string; action?: ReactNode };
  label: string;
  columns: Column<Row>[];
  link: (row: Row) => LinkProps;
  glance: (row: Row) => Glance;
  totals: (total: Total) => ReactNode;
}

/** A list as its own screen: filters in the link, rows, what comes next, and what stands there without rows. */
export function ListFrame<Row extends { id: number }, Total, Filters extends { q?: string }>({
  title,
  create,
  before,
  tools,
  query,
  filters,
  onFilters,
  searchLabel,
  chips,
  empty,
  totals,
  ...list
}: ListFrameProps<Row, Total, Filters>) {
  const phone = useIsPhone();
  const printing = usePrintAll(query);
  const late = useDelayed(query.isPending);
  const set = (change: Partial<Filters>) => onFilters({ ...filters, ...change });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [first] = query.data?.pages ?? [];
  return (
    <Page
      title={title}
      actions={
        <>
          {!phone && rows.length > 0 && (
            <IconButton
              icon="print"
              label={printing.busy ? printText.preparing : printText.printList}
              aria-busy={printing.busy}
              disabled={printing.busy}
              onClick={printing.print}
            />
          )}
          {create}
        </>
      }
    >
      <PrintedHead />
      {before}
      <FilterBar
        search={
          <SearchBox label={searchLabel} value={filters.q} onChange={(q) => onFilters({ ...filters, q })} />
        }
      >
        {chips(set)}
      </FilterBar>
      {tools}
      {query.isPending && late && <Skeleton rows={8} />}
      {query.error && !query.data && (
        <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.data && rows.length === 0 && (
        <NoRows
          filtered={Object.values(filters).some((value) => value !== undefined)}
          onClear={() => onFilters({} as Filters)}
          empty={empty}
        />
      )}
      {first && rows.length > 0 && (
        <RecordList {...list} rows={rows} rowKey={(row) => row.id} totals={totals(first.total)} />
      )}
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </Page>
  );
}

interface NoRowsProps {
  filtered: boolean;
  onClear: () => void;
  empty: ListFrameProps<unknown, unknown, unknown>["empty"];
}

function NoRows({ filtered, onClear, empty }: NoRowsProps) {
  if (!filtered) {
    return (
      <EmptyState icon={empty.icon} title={empty.title} hint={empty.hint}>
        {empty.action}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={empty.icon} title={baseText.nothingFound} hint={baseText.nothingFoundHint}>
      <Button onClick={onClear}>{baseText.clearFilters}</Button>
    </EmptyState>
  );
}
