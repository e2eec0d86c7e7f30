import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import type { ConversionRow } from "../../api/types";
import { Card } from "../../parts/Card";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar } from "../../parts/FilterBar";
import { formatDay, formatWan } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { PeriodFilter } from "../../parts/PeriodFilter";
import { quickText } from "../../text/quick";
import styles from "./ConversionPage.module.css";

const route = getRouteApi("/app/conversion");
const WAYS = ["person", "category", "month"];
const PARTS = ["signed", "lost", "cancelled", "expired", "open"] as const;
/** How the list of quotations calls a part: exactly those that its number counts. */
const PART_FILTERS: Record<"sent" | (typeof PARTS)[number], { state: string; lost?: string }> = {
  sent: { state: "issued,expired,signed,cancelled" },
  signed: { state: "signed" },
  lost: { state: "cancelled", lost: "any" },
  cancelled: { state: "cancelled", lost: "no" },
  expired: { state: "expired" },
  open: { state: "issued" },
};
const NAMES: Record<string, string> = {
  person: quickText.person,
  category: quickText.category,
  month: quickText.month,
};

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
            <EmptyState icon="money" title={quickText.conversionEmpty} hint={quickText.conversionEmptyHint} />
          ) : (
            <Card title={findingOf(found.by, found.items)} flush>
              <p className={styles.span}>
                {formatDay(found.from)}–{formatDay(found.to)}
                {found.by === "category" && ` · ${quickText.categoryNote}`}
              </p>
              <Table by={found.by} rows={found.items} from={found.from} to={found.to} />
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

function Table({ by, rows, from, to }: { by: string; rows: ConversionRow[]; from: string; to: string }) {
  const search = (row: ConversionRow, part: keyof typeof PART_FILTERS) => {
    const month = by === "month" ? monthOf(row.name, from, to) : { from, to };
    return {
      ...month,
      ...PART_FILTERS[part],
      owner: by === "person" ? (row.id ?? undefined) : undefined,
      category: by === "category" ? (row.id ?? undefined) : undefined,
    };
  };
  // Goods without a category cannot be asked of the list.
  const figure = (row: ConversionRow, part: keyof typeof PART_FILTERS) =>
    row[part].count === 0 || (by === "category" && row.id === null) ? (
      <span className={styles.figure}>
        {row[part].count}
        <small>{formatWan(row[part].net)}</small>
      </span>
    ) : (
      <Link to="/quotes" search={search(row, part)} className={`${styles.figure} ${styles.link}`}>
        {row[part].count}
        <small>{formatWan(row[part].net)}</small>
      </Link>
    );
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{NAMES[by]}</th>
            <th scope="col">{quickText.rate}</th>
            <th scope="col">{quickText.moneyRate}</th>
            <th scope="col">{quickText.sent}</th>
            {PARTS.map((part) => (
              <th key={part} scope="col">
                {quickText[part]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.id} ${row.name}`}>
              <th scope="row">{row.name || quickText.noCategory}</th>
              <td>
                <b>{row.rate_permille === null ? "" : quickText.percent(row.rate_permille)}</b>
              </td>
              <td>{row.money_permille === null ? "" : quickText.percent(row.money_permille)}</td>
              <td>{figure(row, "sent")}</td>
              {PARTS.map((part) => (
                <td key={part}>{figure(row, part)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The days of a month that lie within the period. */
function monthOf(month: string, from: string, to: string) {
  const [year, number] = month.split("-").map(Number);
  const days = new Date(Date.UTC(year ?? 0, number ?? 1, 0)).getUTCDate();
  const [first, last] = [`${month}-01`, `${month}-${String(days).padStart(2, "0")}`];
  return { from: first < from ? from : first, to: last > to ? to : last };
}
