import { useInfiniteQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import type { OrderRow } from "../../api/types";
import { EmptyState } from "../../parts/EmptyState";
import { formatDay, formatMoney, moneyOr } from "../../parts/format";
import { MoreRows } from "../../parts/MoreRows";
import { type Column, RecordList } from "../../parts/RecordList";
import { customersText } from "../../text/customers";
import { ordersText } from "../../text/orders";
import { quotesText } from "../../text/quotes";

const COLUMNS: Column<OrderRow>[] = [
  { key: "number", head: ordersText.number, cell: (row) => row.number },
  {
    key: "content",
    head: quotesText.content,
    cell: (row) => quotesText.summary(row.first_product, row.line_count),
  },
  { key: "day", head: ordersText.signedDay, cell: (row) => formatDay(row.signed_day) },
  {
    key: "net",
    head: quotesText.amount,
    cell: (row) => row.net != null && formatMoney(row.net),
    right: true,
  },
];

/** The orders of one customer. */
export function CustomerOrders({ id }: { id: number }) {
  const query = useInfiniteQuery(
    paged(["orders", "list", { customer: id }], (after, signal) =>
      read(client.GET("/api/orders", { params: { query: { customer: id, limit: 30, after } }, signal })),
    ),
  );
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.data && rows.length === 0)
    return <EmptyState icon="order" title={customersText.noOrders} hint={customersText.noOrdersHint} />;
  return (
    <>
      <RecordList
        bare
        label={customersText.orders}
        rows={rows}
        rowKey={(row) => row.id}
        columns={COLUMNS}
        link={(row) => ({ to: "/orders/$orderId", params: { orderId: String(row.id) } })}
        glance={(row) => ({
          title: row.number,
          right: moneyOr(row.net),
          sub: quotesText.summary(row.first_product, row.line_count),
          subRight: formatDay(row.signed_day),
        })}
      />
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </>
  );
}
