import type { QuoteColumn, QuoteRow } from "../api/types";
import { quotesText } from "../text/quotes";
import { formatMoney } from "./format";
import { Repriced } from "./QuoteStanding";
import { QuoteState } from "./QuoteState";
import type { Column } from "./RecordList";
import { Validity } from "./Validity";

/** What a quotation is called in a list. */
export const quoteNumber = (row: QuoteRow) =>
  row.number ? quotesText.versioned(row.number, row.revision) : quotesText.draftNumber;

/** The columns that every list of quotations shows. */
export const quoteColumns = {
  number: { head: quotesText.number, cell: quoteNumber },
  content: {
    head: quotesText.content,
    cell: (row) => quotesText.summary(row.first_product, row.line_count),
    wide: true,
    yields: true,
  },
  state: {
    head: quotesText.state,
    cell: (row) => (row.repriced ? <Repriced state={row.state} /> : <QuoteState state={row.state} />),
  },
  valid: {
    head: quotesText.validUntil,
    cell: (row) => <Validity until={row.valid_until} open={row.state === "issued"} />,
  },
  net: { head: quotesText.amount, cell: (row) => formatMoney(row.net), right: true },
} satisfies Partial<Record<QuoteColumn, Omit<Column<QuoteRow>, "key">>>;
