import type { PricedLine } from "../../api/types";
import { group } from "../../parts/format";
import { paperPrice } from "../../parts/reductions";
import { quotesText } from "../../text/quotes";

interface PriceNowProps {
  priced: PricedLine;
  named: string;
  className?: string;
  onWhy: (line: PricedLine) => void;
}

/** What one unit costs now, as it will stand on paper; a press tells why. */
export function PriceNow({ priced, named, className, onWhy }: PriceNowProps) {
  const shown = paperPrice(priced) ?? "";
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
