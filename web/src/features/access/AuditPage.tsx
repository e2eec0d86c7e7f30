import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import { asProblem } from "../../api/problem";
import { useRight } from "../../api/session";
import { type AuditFilters, auditFilters } from "../../app/search";
import { Button, buttonClass } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { FilterBar } from "../../parts/FilterBar";
import { Icon } from "../../parts/Icon";
import { MoreRows } from "../../parts/MoreRows";
import { OptionFilter } from "../../parts/OptionFilter";
import { Page } from "../../parts/Page";
import { PeriodFilter } from "../../parts/PeriodFilter";
import { SearchBox } from "../../parts/SearchBox";
import { baseText } from "../../text/base";
import { operationText } from "../../text/operation";
import styles from "./AuditPage.module.css";
import { AuditRow } from "./AuditRow";

const route = getRouteApi("/app/audit");
const PAGE_ROWS = 50;

const auditQuery = (filters: AuditFilters) =>
  paged(["audit", filters], (after, signal) =>
    read(client.GET("/api/audit", { params: { query: { ...filters, limit: PAGE_ROWS, after } }, signal })),
  );

/** The filters as they go behind the address of the export. */
function asked(filters: AuditFilters): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** Who did what and when, before and after; nobody can change it. */
export function AuditPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(auditQuery(filters));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const go = (search: AuditFilters) => navigate({ search: auditFilters({ ...search }), replace: true });
  const filtered = Object.values(filters).some((value) => value !== undefined);
  return (
    <Page
      title={operationText.audit}
      back="/me"
      width="record"
      actions={
        rows.length > 0 && (
          <a className={buttonClass("plain")} href={`/api/audit/export?${asked(filters)}`} download>
            <Icon name="download" size={18} />
            {operationText.exportSheet}
          </a>
        )
      }
    >
      <FilterBar
        search={
          <SearchBox
            label={operationText.auditSearch}
            value={filters.q}
            onChange={(q) => go({ ...filters, q })}
          />
        }
      >
        <PeriodFilter
          from={filters.from}
          to={filters.to}
          onChange={({ from, to }) => go({ ...filters, from, to })}
        />
        <KindFilter value={filters.kind} onChange={(kind) => go({ ...filters, kind })} />
        <PersonFilter value={filters.actor} onChange={(actor) => go({ ...filters, actor })} />
      </FilterBar>
      {query.error && !query.data && (
        <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.data && rows.length === 0 && (
        <EmptyState
          icon="history"
          title={filtered ? baseText.nothingFound : operationText.auditEmpty}
          hint={filtered ? baseText.nothingFoundHint : operationText.auditEmptyHint}
        >
          {filtered && <Button onClick={() => go({})}>{baseText.clearFilters}</Button>}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ul className={styles.list} aria-label={operationText.auditList}>
          {rows.map((row) => (
            <AuditRow key={row.id} row={row} />
          ))}
        </ul>
      )}
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </Page>
  );
}

interface KindFilterProps {
  value: string | undefined;
  onChange: (kind: string | undefined) => void;
}

function KindFilter({ value, onChange }: KindFilterProps) {
  const kinds =
    useQuery({
      queryKey: ["audit", "kinds"],
      staleTime: Number.POSITIVE_INFINITY,
      queryFn: ({ signal }) => read(client.GET("/api/audit/kinds", { signal })),
    }).data ?? [];
  const options = kinds.map((kind) => ({ value: kind.id, label: kind.name }));
  return <OptionFilter label={operationText.what} options={options} value={value} onChange={onChange} />;
}

interface PersonFilterProps {
  value: number | undefined;
  onChange: (person: number | undefined) => void;
}

function PersonFilter({ value, onChange }: PersonFilterProps) {
  const maySee = useRight("people.read");
  const people =
    useQuery({
      queryKey: ["people", "named"],
      enabled: maySee,
      queryFn: ({ signal }) => read(client.GET("/api/people", { params: { query: { limit: 200 } }, signal })),
    }).data?.items ?? [];
  if (people.length < 2) return null;
  return (
    <OptionFilter
      label={operationText.who}
      options={people.map((person) => ({ value: String(person.id), label: person.name }))}
      value={value === undefined ? undefined : String(value)}
      onChange={(id) => onChange(id === undefined ? undefined : Number(id))}
    />
  );
}
