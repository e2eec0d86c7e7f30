import type { PricedLine } from "../api/types";
import { quotesText } from "../text/quotes";
import { PriceTrace } from "./PriceTrace";
import { Sheet } from "./Sheet";

/** The trace of one line, one tap from its price. */
export function TraceSheet({ line, onClose }: { line: PricedLine | null; onClose: () => void }) {
  return (
    <Sheet open={line !== null} onClose={onClose} title={quotesText.why}>
      {line && <PriceTrace line={line} />}
    </Sheet>
  );
}
