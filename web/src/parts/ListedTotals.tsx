import type { Listed } from "../api/types";
import { quotesText } from "../text/quotes";
import { formatMoney } from "./format";

/** How many documents, and what they come to for those who see money. */
export function ListedTotals({ total }: { total: Listed }) {
  return (
    <>
      <span>{quotesText.totals(total.count)}</span>
      {total.net != null && <span>{quotesText.totalNet(formatMoney(total.net))}</span>}
    </>
  );
}
