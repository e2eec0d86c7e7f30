import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import type { HandlingTime } from "../../api/types";
import { Card } from "../../parts/Card";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar } from "../../parts/FilterBar";
import { formatDay, formatMoment, formatSeconds } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { PeriodFilter } from "../../parts/PeriodFilter";
import { type Column, RecordList } from "../../parts/RecordList";
import { insightsText } from "../../text/insights";
import styles from "./HandlingTimePage.module.css";
import { OwnerTimes } from "./OwnerTimes";

const route = getRouteApi("/app/handling-time");
type Sample = HandlingTime["sample"][number];

const COLUMNS: Column<Sample>[] = [
  { key: "number", head: insightsText.number, cell: (row) => row.number },
  { key: "customer", head: insightsText.customer, cell: (row) => row.customer.name },
  { key: "owner", head: insightsText.owner, cell: (row) => row.owner.name },
  { key: "issued", head: insightsText.issued, cell: (row) => formatMoment(row.issued_at), wide: true },
  { key: "lines", head: insightsText.lines, cell: (row) => row.line_count, right: true },
  { key: "active", head: insightsText.active, cell: (row) => formatSeconds(row.active_seconds), right: true },
];

/** How long a quotation takes, measured: half, nine tenths, and the sample it was taken from. */
export function HandlingTimePage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({
    queryKey: ["handling", filters],
    queryFn: ({ signal }) =>
      read(client.GET("/api/insights/handling-time", { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={insightsText.handling} width="record">
      <FilterBar search={<p className={styles.hint}>{insightsText.handlingHint}</p>}>
        <PeriodFilter
          from={filters.from}
          to={filters.to}
          onChange={({ from, to }) => navigate({ search: { ...filters, from, to }, replace: true })}
        />
      </FilterBar>
      <Loaded query={query}>
        {(times) =>
          times.p50_seconds === null || times.p90_seconds === null ? (
            <EmptyState icon="clock" title={insightsText.noneTitle} hint={insightsText.noneHint} />
          ) : (
            <div className={styles.cards}>
              <Card
                title={insightsText.finding(
                  formatSeconds(times.p50_seconds),
                  formatSeconds(times.p90_seconds),
                )}
              >
                <dl className={styles.figures}>
                  <div>
                    <dt>{insightsText.p50}</dt>
                    <dd>{formatSeconds(times.p50_seconds)}</dd>
                  </div>
                  <div>
                    <dt>{insightsText.p90}</dt>
                    <dd>{formatSeconds(times.p90_seconds)}</dd>
                  </div>
                </dl>
                <p className={styles.hint}>
                  {formatDay(times.from)}–{formatDay(times.to)} ·{" "}
                  {insightsText.sampleOf(times.n, times.population)}
                </p>
                <p className={styles.hint}>
                  {insightsText.seedIs(times.seed)} {insightsText.seedHint}
                </p>
              </Card>
              <Card title={insightsText.byOwner}>
                <OwnerTimes rows={times.by_owner} />
              </Card>
              <RecordList
                label={insightsText.sample}
                rows={times.sample}
                rowKey={(row) => row.quote_id}
                columns={COLUMNS}
                link={(row) => ({ to: "/quotes/$quoteId", params: { quoteId: String(row.quote_id) } })}
                glance={(row) => ({
                  title: row.customer.name,
                  right: formatSeconds(row.active_seconds),
                  sub: `${row.number} · ${row.owner.name}`,
                  subRight: formatMoment(row.issued_at),
                })}
              />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
