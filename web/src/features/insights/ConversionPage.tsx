import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import type { ConversionRow } from "../../api/types";
import { Card } from "../../parts/Card";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar } from "../../parts/FilterBar";
import { formatDay } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { PeriodFilter } from "../../parts/PeriodFilter";
import { quickText } from "../../text/quick";
import styles from "./ConversionPage.module.css";
import { ConversionTable } from "./ConversionTable";

const route = getRouteApi("/app/conversion");
const WAYS = ["person", "category", "month"];

/** What became of what was sent, by person, category or month; each figure leads to its quotations. */
export function ConversionPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const by = filters.by ?? "person";
  const query = useQuery({
    queryKey: ["conversion", filters],
    queryFn: ({ signal }) =>
      read(client.GET("/api/insights/conversion", { params: { query: { ...filters, by } }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={quickText.conversion} width="list">
      <FilterBar search={<p className={styles.hint}>{quickText.conversionHint}</p>}>
        <fieldset className={styles.ways} aria-label={quickText.by}>
          {WAYS.map((way) => (
            <button
              key={way}
              type="button"
              aria-pressed={way === by}
              onClick={() =>
                navigate({ search: { ...filters, by: way === "person" ? undefined : way }, replace: true })
              }
            >
              {quickText.bys[way]}
            </button>
          ))}
        </fieldset>
        <PeriodFilter
          from={filters.from}
          to={filters.to}
          onChange={({ from, to }) => navigate({ search: { ...filters, from, to }, replace: true })}
        />
      </FilterBar>
      <Loaded query={query}>
        {(found) =>
          found.items.length === 0 ? (
            <EmptyState
              icon="filter"
              title={quickText.conversionEmpty}
              hint={quickText.conversionEmptyHint}
            />
          ) : (
            <Card title={findingOf(found.by, found.items)} flush>
              <p className={styles.span}>
                {formatDay(found.from)}–{formatDay(found.to)}
                {found.by === "category" && ` · ${quickText.categoryNote}`}
                {found.by === "month" && ` · ${quickText.monthNote}`}
              </p>
              <ConversionTable by={found.by} rows={found.items} from={found.from} to={found.to} />
            </Card>
          )
        }
      </Loaded>
    </Page>
  );
}

/** The finding over all groups; where quotations count in several, there is none. */
function findingOf(by: string, rows: ConversionRow[]) {
  const sent = rows.reduce((sum, row) => sum + row.sent.count, 0);
  const signed = rows.reduce((sum, row) => sum + row.signed.count, 0);
  if (by === "category" || sent === 0) return quickText.conversion;
  return quickText.conversionFinding(quickText.percent(Math.round((signed * 1000) / sent)), signed, sent);
}
