import { useInfiniteQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import type { QuoteRow } from "../../api/types";
import { EmptyState } from "../../parts/EmptyState";
import { formatAgo, formatMoney, group } from "../../parts/format";
import { MoreRows } from "../../parts/MoreRows";
import { QuoteState } from "../../parts/QuoteState";
import { type Column, RecordList } from "../../parts/RecordList";
import { Validity } from "../../parts/Validity";
import { customersText } from "../../text/customers";
import { quotesText } from "../../text/quotes";

const numberOf = (row: QuoteRow) =>
  row.number ? quotesText.versioned(row.number, row.revision) : quotesText.draftNumber;

const COLUMNS: Column<QuoteRow>[] = [
  { key: "number", head: quotesText.number, cell: numberOf },
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
  { key: "net", head: quotesText.amount, cell: (row) => group(row.net), right: true },
];

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
          title: numberOf(row),
          right: formatMoney(row.net),
          sub: `${quotesText.summary(row.first_product, row.line_count)} · ${formatAgo(row.updated_at)}`,
          subRight: <QuoteState state={row.state} />,
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
