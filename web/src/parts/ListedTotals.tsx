import type { Listed } from "../api/types";
import { quotesText } from "../text/quotes";
import { formatMoney } from "./format";

/** How many documents, and what they come to for those who see money; of very many only that there are more. */
export function ListedTotals({ total }: { total: Listed }) {
  return (
    <>
      <span>{quotesText.totals(total.count, total.capped)}</span>
      {total.capped && <span>{quotesText.totalTooLong(total.count)}</span>}
      {total.net != null && <span>{quotesText.totalNet(formatMoney(total.net))}</span>}
    </>
  );
}
