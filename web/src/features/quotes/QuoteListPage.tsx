import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useRight } from "../../api/session";
import type { QuoteColumn, QuoteRow } from "../../api/types";
import { quoteFilters } from "../../app/search";
import { buttonClass } from "../../parts/Button";
import { CustomerFilter } from "../../parts/CustomerFilter";
import { addDays, dayOf, formatAgo, formatDay, formatMoney, today } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { ListedTotals } from "../../parts/ListedTotals";
import { ListFrame } from "../../parts/ListFrame";
import { ListTools } from "../../parts/ListTools";
import { marginReads } from "../../parts/MarginRow";
import { OptionFilter } from "../../parts/OptionFilter";
import { PeriodFilter } from "../../parts/PeriodFilter";
import { QuoteStanding } from "../../parts/QuoteStanding";
import { quoteColumns, quoteNumber } from "../../parts/quoteColumns";
import { SalesSwitch } from "../../parts/SalesSwitch";
import { columnsOf, useColumns } from "../../parts/useColumns";
import { useIsPhone } from "../../parts/useIsPhone";
import { WhoseFilters } from "../../parts/WhoseFilters";
import { agreeingText } from "../../text/agreeing";
import { quickText } from "../../text/quick";
import { quotesText } from "../../text/quotes";
import { shareText } from "../../text/share";
import { quoteListQuery } from "./quoteApi";

const route = getRouteApi("/app/quotes");
const STATES = Object.entries(quotesText.states).map(([value, label]) => ({ value, label }));
/** Spans from today; a day that came by a link keeps its name. */
const endings = (chosen: string | undefined) => {
  const spans = [3, 7, 14].map((days) => ({
    value: addDays(today(), days),
    label: quotesText.endsWithin(days),
  }));
  if (chosen === undefined || spans.some((span) => span.value === chosen)) return spans;
  return [...spans, { value: chosen, label: quotesText.endsBy(formatDay(chosen)) }];
};
/** What of the ended ones was lost, and why. */
const LOST = [
  { value: "any", label: quickText.lostAny },
  ...shareText.whys.map(([value, label]) => ({ value, label: shareText.lost(label) })),
  { value: "no", label: quickText.lostNot },
];
const isOpen = (state: string) => state === "issued" || state === "draft";

const { number, content, state, valid, net } = quoteColumns;
const WITH_MARGIN = columnsOf<QuoteColumn, QuoteRow>({
  number,
  customer: { head: quotesText.customer, cell: (row) => row.customer.name, yields: true },
  content,
  state,
  valid,
  owner: { head: quotesText.owner, cell: (row) => row.owner.name, wide: true },
  branch: { head: quickText.branch, cell: (row) => row.branch.name },
  issued: {
    head: quickText.issuedDay,
    cell: (row) => row.issued_at !== null && formatDay(dayOf(row.issued_at)),
  },
  lines: { head: quickText.lineCount, cell: (row) => row.line_count, right: true },
  order: { head: quickText.order, cell: (row) => row.order?.number },
  updated: { head: quotesText.updated, cell: (row) => formatAgo(row.updated_at) },
  net,
  // What it earns; for those only who see cost.
  margin: {
    head: agreeingText.margin,
    cell: (row) => row.margin && marginReads(row.margin),
    right: true,
    wide: true,
  },
});
const MARGIN: QuoteColumn = "margin";
const COLUMNS = WITH_MARGIN.filter(({ key }) => key !== MARGIN);

const USUAL: QuoteColumn[] = ["number", "customer", "content", "state", "valid", "owner", "updated", "net"];
const USUAL_WITH_MARGIN = [...USUAL, MARGIN];
const SORTS = quickText.sorts.map(([value, label]) => ({ value, label }));

/** All quotations one may see. */
export function QuoteListPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const phone = useIsPhone();
  const seesCost = useRight("price.cost");
  const [all, usual] = seesCost ? [WITH_MARGIN, USUAL_WITH_MARGIN] : [COLUMNS, USUAL];
  const { chosen, choose, columns } = useColumns("quotes", all, usual);
  const create = useRight("quote.write") && (
    <Link to="/quotes/new" className={buttonClass("primary")}>
      <Icon name="plus" size={18} />
      <span>{quotesText.create}</span>
    </Link>
  );
  return (
    <ListFrame
      title={quotesText.title}
      create={create}
      before={phone && <SalesSwitch />}
      tools={
        <ListTools
          list="quotes"
          filters={filters}
          all={all}
          usual={usual}
          chosen={chosen}
          onColumns={choose}
          onFilters={(search) => navigate({ search: quoteFilters(search), replace: true })}
        />
      }
      query={useInfiniteQuery(quoteListQuery(filters))}
      filters={filters}
      onFilters={(search) => navigate({ search, replace: true })}
      searchLabel={quotesText.search}
      chips={(set) => (
        <>
          <OptionFilter
            label={quotesText.state}
            options={STATES}
            value={filters.state}
            onChange={(state) => set({ state })}
          />
          <OptionFilter
            label={quickText.lost}
            options={LOST}
            value={filters.lost}
            onChange={(lost) => set(lost ? { lost, state: "cancelled" } : { lost })}
          />
          <OptionFilter
            label={quotesText.ending}
            options={endings(filters.valid_to)}
            value={filters.valid_to}
            onChange={(valid_to) => set(valid_to ? { valid_to, state: "issued" } : { valid_to })}
          />
          <CustomerFilter value={filters.customer} onChange={(customer) => set({ customer })} />
          <PeriodFilter from={filters.from} to={filters.to} onChange={({ from, to }) => set({ from, to })} />
          <WhoseFilters owner={filters.owner} branch={filters.branch} onChange={set} />
          <OptionFilter
            label={filters.sort === undefined ? quickText.sortUsual : quickText.sort}
            options={SORTS}
            value={filters.sort}
            onChange={(sort) => set({ sort })}
          />
        </>
      )}
      empty={{ icon: "quote", title: quotesText.emptyTitle, hint: quotesText.emptyHint, action: create }}
      label={quotesText.list}
      columns={columns}
      link={(row) => ({ to: "/quotes/$quoteId", params: { quoteId: String(row.id) } })}
      glance={(row) => ({
        title: row.customer.name,
        right: formatMoney(row.net),
        sub: `${quoteNumber(row)} · ${isOpen(row.state) ? quotesText.summary(row.first_product, row.line_count) : formatAgo(row.updated_at)}`,
        subRight: <QuoteStanding row={row} />,
      })}
      totals={(total) =>
        filters.state === undefined ? (
          <>
            <span>{quotesText.totals(total.count, total.capped)}</span>
            <span>{quotesText.totalNeedsState}</span>
          </>
        ) : (
          <ListedTotals total={total} />
        )
      }
    />
  );
}
