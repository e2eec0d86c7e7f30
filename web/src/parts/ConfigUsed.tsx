import type { UsedRevision } from "../api/types";
import { quotesText } from "../text/quotes";
import { Badge } from "./Badge";

/** The revisions of prices and tiers a document was made with. */
export function ConfigUsed({ used }: { used: UsedRevision[] }) {
  return (
    <ul>
      {used.map((one) => (
        <li key={`${one.item_id} ${one.n}`} style={{ display: "flex", flexWrap: "wrap", gap: 6 }}>
          {quotesText.priceVersion(one.name, one.n)}
          {one.void && <Badge tone="risk">{quotesText.voided}</Badge>}
        </li>
      ))}
    </ul>
  );
}
