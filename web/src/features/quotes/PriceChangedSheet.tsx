import type { Repriced } from "../../api/types";
import { Button } from "../../parts/Button";
import { Sheet } from "../../parts/Sheet";
import { quotesText } from "../../text/quotes";
import { issueWord } from "./MovedNote";
import { RepricedTable } from "./RepricedTable";

interface PriceChangedSheetProps {
  moved: Repriced;
  busy: boolean;
  onAgree: () => void;
  onClose: () => void;
}

/** Prices moved between loading and issuing: nothing was saved; old and new stand side by side. */
export function PriceChangedSheet({ moved, busy, onAgree, onClose }: PriceChangedSheetProps) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={quotesText.priceChangedTitle}
      size={640}
      footer={
        <>
          <Button onClick={onClose}>{quotesText.reviewAgain}</Button>
          <Button look="primary" busy={busy} onClick={onAgree}>
            {issueWord(moved)}
          </Button>
        </>
      }
    >
      <p style={{ marginBottom: 12, color: "var(--ink-2)" }}>{quotesText.priceChangedBody}</p>
      <RepricedTable repriced={moved} />
    </Sheet>
  );
}
