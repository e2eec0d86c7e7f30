import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { optionsQuery } from "../../api/session";
import type { OrderRow } from "../../api/types";
import { buttonClass } from "../../parts/Button";
import { CustomerFilter } from "../../parts/CustomerFilter";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { FilterBar } from "../../parts/FilterBar";
import { formatDay, formatMoney, group, moneyOr } from "../../parts/format";
import { MoreRows } from "../../parts/MoreRows";
import { OptionFilter } from "../../parts/OptionFilter";
import { Page } from "../../parts/Page";
import { PeriodFilter } from "../../parts/PeriodFilter";
import { type Column, RecordList } from "../../parts/RecordList";
import { SalesSwitch } from "../../parts/SalesSwitch";
import { SearchBox } from "../../parts/SearchBox";
import { Skeleton } from "../../parts/Skeleton";
import { useDelayed } from "../../parts/useDelayed";
import { useIsPhone } from "../../parts/useIsPhone";
import { baseText } from "../../text/base";
import { ordersText } from "../../text/orders";
import { quotesText } from "../../text/quotes";

const route = getRouteApi("/app/orders");
const PAGE_ROWS = 50;

const COLUMNS: Column<OrderRow>[] = [
  { key: "number", head: ordersText.number, cell: (row) => row.number },
  { key: "customer", head: ordersText.customer, cell: (row) => row.customer.name },
  {
    key: "content",
    head: quotesText.content,
    cell: (row) => quotesText.summary(row.first_product, row.line_count),
    wide: true,
  },
  { key: "day", head: ordersText.signedDay, cell: (row) => formatDay(row.signed_day) },
  { key: "signer", head: ordersText.signer, cell: (row) => row.signer, wide: true },
  { key: "owner", head: ordersText.owner, cell: (row) => row.owner.name },
  { key: "net", head: quotesText.amount, cell: (row) => row.net !== null && group(row.net), right: true },
];

/** All orders one may see. */
export function OrderListPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const phone = useIsPhone();
  const options = useQuery(optionsQuery).data;
  const query = useInfiniteQuery({
    queryKey: ["orders", "list", filters],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/orders", {
          params: { query: { ...filters, limit: PAGE_ROWS, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const late = useDelayed(query.isPending);
  const filter = (change: Partial<typeof filters>) =>
    navigate({ search: { ...filters, ...change }, replace: true });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const people = (options?.people ?? []).map((person) => ({ value: String(person.id), label: person.name }));
  return (
    <Page title={ordersText.title}>
      {phone && <SalesSwitch />}
      <FilterBar
        search={<SearchBox label={ordersText.search} value={filters.q} onChange={(q) => filter({ q })} />}
      >
        {people.length > 1 && (
          <OptionFilter
            label={ordersText.owner}
            options={people}
            value={filters.owner === undefined ? undefined : String(filters.owner)}
            onChange={(owner) => filter({ owner: owner === undefined ? undefined : Number(owner) })}
          />
        )}
        <CustomerFilter value={filters.customer} onChange={(customer) => filter({ customer })} />
        <PeriodFilter
          key={`${filters.from} ${filters.to}`}
          from={filters.from}
          to={filters.to}
          onChange={({ from, to }) => filter({ from, to })}
        />
      </FilterBar>
      {query.isPending && late && <Skeleton rows={8} />}
      {query.error && !query.data && (
        <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.data && rows.length === 0 && (
        <EmptyState
          icon="order"
          title={filtered ? baseText.nothingFound : ordersText.emptyTitle}
          hint={filtered ? baseText.nothingFoundHint : ordersText.emptyHint}
        >
          <Link to={filtered ? "/orders" : "/quotes"} className={buttonClass("plain")}>
            {filtered ? baseText.clearFilters : ordersText.toQuotes}
          </Link>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <RecordList
          label={ordersText.list}
          rows={rows}
          rowKey={(row) => row.id}
          columns={COLUMNS}
          link={(row) => ({ to: "/orders/$orderId", params: { orderId: String(row.id) } })}
          glance={(row) => ({
            title: row.customer.name,
            right: moneyOr(row.net),
            sub: `${row.number} · ${quotesText.summary(row.first_product, row.line_count)}`,
            subRight: formatDay(row.signed_day),
          })}
          totals={
            total && (
              <>
                <span>{ordersText.totals(total.count)}</span>
                {total.net != null && <span>{ordersText.totalNet(formatMoney(total.net))}</span>}
              </>
            )
          }
        />
      )}
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </Page>
  );
}
