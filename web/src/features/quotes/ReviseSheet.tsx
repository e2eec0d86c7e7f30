import type { Quote } from "../../api/types";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { shareText } from "../../text/share";
import type { QuoteActions } from "./useQuoteActions";

interface ReviseSheetProps {
  quote: Quote;
  acts: QuoteActions;
  /** How many links a customer holds. */
  live: number;
  onClose: () => void;
}

/** Before a version is revised whose link a customer holds: what he will see, and what is left to do. */
export function ReviseSheet({ quote, acts, live, onClose }: ReviseSheetProps) {
  const next = Math.max(...quote.chain.map((one) => one.revision)) + 1;
  return (
    <Sheet
      open
      onClose={onClose}
      title={shareText.reviseTitle(next)}
      footer={
        <SheetActs onClose={onClose} busy={acts.revise.isPending} onClick={() => acts.revise.mutate()}>
          {shareText.reviseGo}
        </SheetActs>
      }
    >
      <p>{shareText.reviseLinks(live)}</p>
      <ul style={{ margin: "8px 0 0 20px", display: "grid", gap: 8, listStyle: "disc" }}>
        <li>{shareText.reviseBefore(quote.revision, next)}</li>
        <li>{shareText.reviseAfter(next)}</li>
        <li>{shareText.reviseThen(next)}</li>
      </ul>
    </Sheet>
  );
}
