import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { useRight } from "../../api/session";
import type { ProductRow } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { buttonClass } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { FilterBar } from "../../parts/FilterBar";
import { formatMoney, group, trimZeros } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { MoreRows } from "../../parts/MoreRows";
import { OptionFilter } from "../../parts/OptionFilter";
import { Page } from "../../parts/Page";
import { type Column, RecordList } from "../../parts/RecordList";
import { SearchBox } from "../../parts/SearchBox";
import { Skeleton } from "../../parts/Skeleton";
import { useDelayed } from "../../parts/useDelayed";
import { accessText } from "../../text/access";
import { baseText } from "../../text/base";
import { catalogText } from "../../text/catalog";
import { categoriesQuery } from "./catalogApi";

const route = getRouteApi("/app/products");
const PAGE_ROWS = 60;
const units = (row: ProductRow) =>
  row.units
    .map((unit) =>
      unit.unit === row.base_unit
        ? unit.unit
        : catalogText.factorReads(unit.unit, trimZeros(unit.factor), row.base_unit),
    )
    .join(" · ");

const COLUMNS: Column<ProductRow>[] = [
  { key: "code", head: catalogText.code, cell: (row) => row.code },
  { key: "name", head: catalogText.name, cell: (row) => row.name },
  { key: "spec", head: catalogText.spec, cell: (row) => row.spec },
  {
    key: "category",
    head: catalogText.category,
    cell: (row) => row.category?.name ?? catalogText.noCategory,
    wide: true,
  },
  { key: "units", head: catalogText.units, cell: units, wide: true },
  {
    key: "state",
    head: "",
    cell: (row) => row.archived && <Badge tone="risk">{catalogText.archived}</Badge>,
  },
  {
    key: "price",
    head: catalogText.price,
    cell: (row) => (row.price ? `${group(row.price.unit_price)}/${row.price.unit}` : catalogText.noPrice),
    right: true,
  },
];

/** All products, each with the price in force. */
export function ProductListPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useRight("product.write");
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const query = useInfiniteQuery({
    queryKey: ["products", "list", filters],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET("/api/products", {
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
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const create = mayWrite && (
    <Link to="/products/new" className={buttonClass("primary")}>
      <Icon name="plus" size={18} />
      <span>{catalogText.create}</span>
    </Link>
  );
  return (
    <Page title={catalogText.title} actions={create}>
      <FilterBar
        search={<SearchBox label={catalogText.search} value={filters.q} onChange={(q) => filter({ q })} />}
      >
        <OptionFilter
          label={catalogText.category}
          options={categories.map((one) => ({
            value: String(one.id),
            label: accessText.orgIndent(one.depth, one.name),
          }))}
          value={filters.category === undefined ? undefined : String(filters.category)}
          onChange={(category) => filter({ category: category === undefined ? undefined : Number(category) })}
        />
        <OptionFilter
          label={catalogText.archivedFilter}
          options={[{ value: "true", label: catalogText.archivedFilter }]}
          value={filters.archived}
          onChange={(archived) => filter({ archived: archived === undefined ? undefined : "true" })}
        />
      </FilterBar>
      {query.isPending && late && <Skeleton rows={8} />}
      {query.error && !query.data && (
        <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.data && rows.length === 0 && (
        <EmptyState
          icon="catalog"
          title={filtered ? baseText.nothingFound : catalogText.emptyTitle}
          hint={filtered ? baseText.nothingFoundHint : catalogText.emptyHint}
        >
          {filtered ? (
            <Link to="/products" className={buttonClass("plain")}>
              {baseText.clearFilters}
            </Link>
          ) : (
            create
          )}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <RecordList
          label={catalogText.list}
          rows={rows}
          rowKey={(row) => row.id}
          columns={COLUMNS}
          link={(row) => ({ to: "/products/$productId", params: { productId: String(row.id) } })}
          glance={(row) => ({
            title: row.name,
            right: row.price ? formatMoney(row.price.unit_price) : catalogText.noPrice,
            sub: [row.code, row.spec].filter(Boolean).join(" · "),
            subRight: row.archived ? <Badge tone="risk">{catalogText.archived}</Badge> : row.price?.unit,
          })}
          totals={<span>{catalogText.total(query.data?.pages[0]?.total ?? 0)}</span>}
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
