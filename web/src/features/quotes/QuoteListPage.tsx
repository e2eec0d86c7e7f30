import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { asProblem } from "../../api/problem";
import { optionsQuery, useRight } from "../../api/session";
import type { QuoteRow } from "../../api/types";
import { buttonClass } from "../../parts/Button";
import { CustomerFilter } from "../../parts/CustomerFilter";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { FilterBar } from "../../parts/FilterBar";
import { formatAgo, formatMoney, group } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { MoreRows } from "../../parts/MoreRows";
import { OptionFilter } from "../../parts/OptionFilter";
import { Page } from "../../parts/Page";
import { PeriodFilter } from "../../parts/PeriodFilter";
import { QuoteState } from "../../parts/QuoteState";
import { type Column, RecordList } from "../../parts/RecordList";
import { SalesSwitch } from "../../parts/SalesSwitch";
import { SearchBox } from "../../parts/SearchBox";
import { Skeleton } from "../../parts/Skeleton";
import { useDelayed } from "../../parts/useDelayed";
import { useIsPhone } from "../../parts/useIsPhone";
import { Validity } from "../../parts/Validity";
import { baseText } from "../../text/base";
import { quotesText } from "../../text/quotes";
import { quoteListQuery } from "./quoteApi";

const route = getRouteApi("/app/quotes");
const STATES = Object.entries(quotesText.states).map(([value, label]) => ({ value, label }));
const numberOf = (row: QuoteRow) =>
  row.number ? quotesText.versioned(row.number, row.revision) : quotesText.draftNumber;
const isOpen = (state: string) => state === "issued" || state === "draft";

const COLUMNS: Column<QuoteRow>[] = [
  { key: "number", head: quotesText.number, cell: numberOf },
  { key: "customer", head: quotesText.customer, cell: (row) => row.customer.name },
  {
    key: "content",
    head: quotesText.content,
    cell: (row) => quotesText.summary(row.first_product, row.line_count),
    wide: true,
  },
  { key: "state", head: quotesText.state, cell: (row) => <QuoteState state={row.state} /> },
  {
    key: "valid",
    head: quotesText.validUntil,
    cell: (row) => <Validity until={row.valid_until} open={row.state === "issued"} />,
  },
  { key: "owner", head: quotesText.owner, cell: (row) => row.owner.name, wide: true },
  { key: "updated", head: quotesText.updated, cell: (row) => formatAgo(row.updated_at) },
  { key: "net", head: quotesText.amount, cell: (row) => group(row.net), right: true },
];

/** All quotations one may see; the filters stand in the link. */
export function QuoteListPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const phone = useIsPhone();
  const mayWrite = useRight("quote.write");
  const options = useQuery(optionsQuery).data;
  const query = useInfiniteQuery(quoteListQuery(filters));
  const late = useDelayed(query.isPending);
  const filter = (change: Partial<typeof filters>) =>
    navigate({ search: { ...filters, ...change }, replace: true });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const create = mayWrite && (
    <Link to="/quotes/new" className={buttonClass("primary")}>
      <Icon name="plus" size={18} />
      <span>{quotesText.create}</span>
    </Link>
  );
  return (
    <Page title={quotesText.title} actions={create}>
      {phone && <SalesSwitch />}
      <FilterBar
        search={<SearchBox label={quotesText.search} value={filters.q} onChange={(q) => filter({ q })} />}
      >
        <OptionFilter
          label={quotesText.state}
          options={STATES}
          value={filters.state}
          onChange={(state) => filter({ state })}
        />
        <OptionFilter
          label={quotesText.owner}
          options={(options?.people ?? []).map((person) => ({
            value: String(person.id),
            label: person.name,
          }))}
          value={filters.owner === undefined ? undefined : String(filters.owner)}
          onChange={(owner) => filter({ owner: owner === undefined ? undefined : Number(owner) })}
        />
        <CustomerFilter value={filters.customer} onChange={(customer) => filter({ customer })} />
        <PeriodFilter
          key={`${filters.from} ${filters.to}`}
          from={filters.from}
          to={filters.to}
          onChange={({ from, to }) => filter({ from, to })}
        />
        {(options?.branches.length ?? 0) > 1 && (
          <OptionFilter
            label={quotesText.branch}
            options={(options?.branches ?? []).map((branch) => ({
              value: String(branch.id),
              label: branch.name,
            }))}
            value={filters.branch === undefined ? undefined : String(filters.branch)}
            onChange={(branch) => filter({ branch: branch === undefined ? undefined : Number(branch) })}
          />
        )}
      </FilterBar>
      {query.isPending && late && <Skeleton rows={8} />}
      {query.error && !query.data && (
        <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.data && rows.length === 0 && (
        <EmptyState
          icon="quote"
          title={filtered ? baseText.nothingFound : quotesText.emptyTitle}
          hint={filtered ? baseText.nothingFoundHint : quotesText.emptyHint}
        >
          {filtered ? (
            <Link to="/quotes" className={buttonClass("plain")}>
              {baseText.clearFilters}
            </Link>
          ) : (
            create
          )}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <RecordList
          label={quotesText.list}
          rows={rows}
          rowKey={(row) => row.id}
          columns={COLUMNS}
          link={(row) => ({ to: "/quotes/$quoteId", params: { quoteId: String(row.id) } })}
          glance={(row) => ({
            title: row.customer.name,
            right: formatMoney(row.net),
            sub: `${numberOf(row)} · ${isOpen(row.state) ? quotesText.summary(row.first_product, row.line_count) : formatAgo(row.updated_at)}`,
            subRight: <QuoteState state={row.state} />,
          })}
          totals={
            total && (
              <>
                <span>{quotesText.totals(total.count)}</span>
                {total.net != null && <span>{quotesText.totalNet(formatMoney(total.net))}</span>}
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
