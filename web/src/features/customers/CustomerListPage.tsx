import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import { optionsQuery, useRight } from "../../api/session";
import type { CustomerRow } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button, buttonClass } from "../../parts/Button";
import { CustomerCreate } from "../../parts/CustomerCreate";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { FilterBar } from "../../parts/FilterBar";
import { formatDay, formatWan, group } from "../../parts/format";
import { MoreRows } from "../../parts/MoreRows";
import { OptionFilter } from "../../parts/OptionFilter";
import { Page } from "../../parts/Page";
import { type Column, RecordList } from "../../parts/RecordList";
import { SearchBox } from "../../parts/SearchBox";
import { Skeleton } from "../../parts/Skeleton";
import { useDelayed } from "../../parts/useDelayed";
import { baseText } from "../../text/base";
import { customersText } from "../../text/customers";
import { customerListQuery } from "./customerApi";

const route = getRouteApi("/app/customers");
const lastOrder = (row: CustomerRow) =>
  row.last_order_day === null ? customersText.never : formatDay(row.last_order_day);

const COLUMNS: Column<CustomerRow>[] = [
  { key: "name", head: customersText.name, cell: (row) => row.name },
  {
    key: "tier",
    head: customersText.tier,
    cell: (row) => row.tier && <Badge tone="brand">{customersText.tierNamed(row.tier)}</Badge>,
  },
  { key: "type", head: customersText.type, cell: (row) => row.type, wide: true },
  {
    key: "contact",
    head: customersText.contact,
    cell: (row) => [row.contact, row.phone].filter(Boolean).join(" "),
  },
  { key: "city", head: customersText.city, cell: (row) => row.city, wide: true },
  { key: "owner", head: customersText.owner, cell: (row) => row.owner.name },
  { key: "last", head: customersText.lastOrder, cell: lastOrder },
  { key: "net", head: customersText.net12m, cell: (row) => group(row.net_12m), right: true },
];

/** The customers one may see. */
export function CustomerListPage() {
  const filters = route.useSearch();
  const go = route.useNavigate();
  const navigate = useNavigate();
  const mayCreate = useRight("customer.write");
  const options = useQuery(optionsQuery).data;
  const query = useInfiniteQuery(customerListQuery(filters));
  const late = useDelayed(query.isPending);
  const [creating, setCreating] = useState(false);
  const filter = (change: Partial<typeof filters>) =>
    go({ search: { ...filters, ...change }, replace: true });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const create = mayCreate && (
    <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
      {customersText.create}
    </Button>
  );
  const people = (options?.people ?? []).map((person) => ({ value: String(person.id), label: person.name }));
  const branches = (options?.branches ?? []).map((branch) => ({
    value: String(branch.id),
    label: branch.name,
  }));
  const id = (value: string | undefined) => (value === undefined ? undefined : Number(value));
  const word = (value: number | undefined) => (value === undefined ? undefined : String(value));
  return (
    <Page title={customersText.title} actions={create}>
      <FilterBar
        search={<SearchBox label={customersText.search} value={filters.q} onChange={(q) => filter({ q })} />}
      >
        <OptionFilter
          label={customersText.tier}
          options={(options?.tiers ?? []).map((tier) => ({
            value: tier,
            label: customersText.tierNamed(tier),
          }))}
          value={filters.tier}
          onChange={(tier) => filter({ tier })}
        />
        <OptionFilter
          label={customersText.type}
          options={(options?.customer_types ?? []).map((type) => ({ value: type, label: type }))}
          value={filters.type}
          onChange={(type) => filter({ type })}
        />
        {people.length > 1 && (
          <OptionFilter
            label={customersText.owner}
            options={people}
            value={word(filters.owner)}
            onChange={(owner) => filter({ owner: id(owner) })}
          />
        )}
        {branches.length > 1 && (
          <OptionFilter
            label={customersText.branch}
            options={branches}
            value={word(filters.branch)}
            onChange={(branch) => filter({ branch: id(branch) })}
          />
        )}
      </FilterBar>
      {query.isPending && late && <Skeleton rows={8} />}
      {query.error && !query.data && (
        <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.data && rows.length === 0 && (
        <EmptyState
          icon="customers"
          title={filtered ? baseText.nothingFound : customersText.emptyTitle}
          hint={filtered ? baseText.nothingFoundHint : customersText.emptyHint}
        >
          {filtered ? (
            <Link to="/customers" className={buttonClass("plain")}>
              {baseText.clearFilters}
            </Link>
          ) : (
            create
          )}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <RecordList
          label={customersText.list}
          rows={rows}
          rowKey={(row) => row.id}
          columns={COLUMNS}
          link={(row) => ({ to: "/customers/$customerId", params: { customerId: String(row.id) } })}
          glance={(row) => ({
            title: row.name,
            right: row.tier && <Badge tone="brand">{customersText.tierNamed(row.tier)}</Badge>,
            sub: [row.contact, row.city, lastOrder(row)].filter(Boolean).join(" · "),
            subRight: formatWan(row.net_12m),
          })}
          totals={<span>{customersText.total(query.data?.pages[0]?.total ?? 0)}</span>}
        />
      )}
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
      <CustomerCreate
        open={creating}
        name={filters.q ?? ""}
        onClose={() => setCreating(false)}
        onMade={(made) => navigate({ to: "/customers/$customerId", params: { customerId: String(made.id) } })}
      />
    </Page>
  );
}
