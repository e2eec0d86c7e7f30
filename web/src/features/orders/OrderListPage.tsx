import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import { useRight } from "../../api/session";
import type { OrderColumn, OrderRow } from "../../api/types";
import { type OrderFilters, orderFilters } from "../../app/search";
import { buttonClass } from "../../parts/Button";
import { CustomerFilter } from "../../parts/CustomerFilter";
import { formatDay, formatMoney, moneyOr } from "../../parts/format";
import { ListedTotals } from "../../parts/ListedTotals";
import { ListFrame } from "../../parts/ListFrame";
import { ListTools } from "../../parts/ListTools";
import { PeriodFilter } from "../../parts/PeriodFilter";
import { SalesSwitch } from "../../parts/SalesSwitch";
import { columnsOf, useColumns } from "../../parts/useColumns";
import { useIsPhone } from "../../parts/useIsPhone";
import { WhoseFilters } from "../../parts/WhoseFilters";
import { ordersText } from "../../text/orders";
import { quickText } from "../../text/quick";
import { quotesText } from "../../text/quotes";

const route = getRouteApi("/app/orders");
const PAGE_ROWS = 50;

const orderListQuery = (filters: OrderFilters) =>
  paged(["orders", "list", filters], (after, signal) =>
    read(client.GET("/api/orders", { params: { query: { ...filters, limit: PAGE_ROWS, after } }, signal })),
  );

const COLUMNS = columnsOf<OrderColumn, OrderRow>({
  number: { head: ordersText.number, cell: (row) => row.number },
  customer: { head: ordersText.customer, cell: (row) => row.customer.name },
  content: {
    head: quotesText.content,
    cell: (row) => quotesText.summary(row.first_product, row.line_count),
    wide: true,
  },
  day: { head: ordersText.signedDay, cell: (row) => formatDay(row.signed_day) },
  signer: { head: ordersText.signer, cell: (row) => row.signer, wide: true },
  owner: { head: ordersText.owner, cell: (row) => row.owner.name },
  branch: { head: quickText.branch, cell: (row) => row.branch.name },
  quote: {
    head: quickText.quote,
    cell: (row) => quotesText.versioned(row.quote.number, row.quote.revision),
  },
  lines: { head: quickText.lineCount, cell: (row) => row.line_count, right: true },
  net: {
    head: quotesText.amount,
    cell: (row) => row.net != null && formatMoney(row.net),
    right: true,
  },
});
const MONEY: OrderColumn = "net";

const USUAL: OrderColumn[] = ["number", "customer", "content", "day", "signer", "owner", "net"];

/** All orders one may see; the column of money only for those who see prices. */
export function OrderListPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const phone = useIsPhone();
  const seesCustomers = useRight("customer.read");
  const seesQuotes = useRight("quote.read");
  const query = useInfiniteQuery(orderListQuery(filters));
  const { chosen, choose, columns } = useColumns("orders", COLUMNS, USUAL);
  const seesMoney = query.data?.pages.some((page) => page.total.net != null);
  const seen = (key: string) => seesMoney || key !== MONEY;
  return (
    <ListFrame
      title={ordersText.title}
      before={phone && <SalesSwitch />}
      tools={
        <ListTools
          list="orders"
          filters={filters}
          all={COLUMNS.filter(({ key }) => seen(key))}
          usual={USUAL.filter(seen)}
          chosen={chosen.filter(seen)}
          onColumns={choose}
          onFilters={(search) => navigate({ search: orderFilters(search), replace: true })}
        />
      }
      query={query}
      filters={filters}
      onFilters={(search) => navigate({ search, replace: true })}
      searchLabel={ordersText.search}
      chips={(set) => (
        <>
          {seesCustomers && (
            <CustomerFilter value={filters.customer} onChange={(customer) => set({ customer })} />
          )}
          <PeriodFilter from={filters.from} to={filters.to} onChange={({ from, to }) => set({ from, to })} />
          <WhoseFilters owner={filters.owner} branch={filters.branch} onChange={set} />
        </>
      )}
      empty={{
        icon: "order",
        title: ordersText.emptyTitle,
        hint: ordersText.emptyHint,
        action: seesQuotes && (
          <Link to="/quotes" className={buttonClass("plain")}>
            {ordersText.toQuotes}
          </Link>
        ),
      }}
      label={ordersText.list}
      columns={columns.filter(({ key }) => seen(key))}
      link={(row) => ({ to: "/orders/$orderId", params: { orderId: String(row.id) } })}
      glance={(row) => ({
        title: row.customer.name,
        right: moneyOr(row.net),
        sub: `${row.number} · ${quotesText.summary(row.first_product, row.line_count)}`,
        subRight: formatDay(row.signed_day),
      })}
      totals={(total) => <ListedTotals total={total} />}
    />
  );
}
