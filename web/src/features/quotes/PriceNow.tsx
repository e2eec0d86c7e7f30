import type { PricedLine } from "../../api/types";
import { group } from "../../parts/format";
import { quotesText } from "../../text/quotes";

interface PriceNowProps {
  priced: PricedLine;
  named: string;
  className?: string;
  onWhy: (line: PricedLine) => void;
}

/** What one unit costs now, with what it cost before somebody changed it; a press tells why. */
export function PriceNow({ priced, named, className, onWhy }: PriceNowProps) {
  const shown = (priced.manual ? priced.net_unit_price : priced.unit_price) ?? "";
  return (
    <button
      type="button"
      className={className}
      tabIndex={-1}
      title={quotesText.why}
      aria-label={quotesText.whyOf(group(shown), named)}
      onClick={() => onWhy(priced)}
    >
      {group(shown)}
    </button>
  );
}
