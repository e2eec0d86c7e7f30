import { useInfiniteQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import type { QuoteRow } from "../../api/types";
import { EmptyState } from "../../parts/EmptyState";
import { formatAgo, formatMoney } from "../../parts/format";
import { MoreRows } from "../../parts/MoreRows";
import { QuoteStanding } from "../../parts/QuoteStanding";
import { quoteColumns, quoteNumber } from "../../parts/quoteColumns";
import { RecordList } from "../../parts/RecordList";
import { columnsOf } from "../../parts/useColumns";
import { customersText } from "../../text/customers";
import { quotesText } from "../../text/quotes";

const COLUMNS = columnsOf<keyof typeof quoteColumns, QuoteRow>(quoteColumns);

/** The quotations of one customer. */
export function CustomerQuotes({ id }: { id: number }) {
  const query = useInfiniteQuery(
    paged(["quotes", "list", { customer: id }], (after, signal) =>
      read(client.GET("/api/quotes", { params: { query: { customer: id, limit: 30, after } }, signal })),
    ),
  );
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.data && rows.length === 0) return <EmptyState icon="quote" title={customersText.noQuotes} />;
  return (
    <>
      <RecordList
        bare
        label={customersText.quotes}
        rows={rows}
        rowKey={(row) => row.id}
        columns={COLUMNS}
        link={(row) => ({ to: "/quotes/$quoteId", params: { quoteId: String(row.id) } })}
        glance={(row) => ({
          title: quoteNumber(row),
          right: formatMoney(row.net),
          sub: `${quotesText.summary(row.first_product, row.line_count)} · ${formatAgo(row.updated_at)}`,
          subRight: <QuoteStanding row={row} />,
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
