import { lazy, Suspense, useState } from "react";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { askingText } from "../../text/asking";
import { toAsk } from "./askRead";

const AskSheet = lazy(() => import("./AskSheet"));

interface AskButtonProps {
  quote: Quote;
  /** Waits until everything typed is saved. */
  flush: () => Promise<Quote>;
  onAsked: (quote: Quote) => void;
  /** Under the thumb, in the place of what cannot be pressed. */
  first?: boolean;
}

/** The way on for whoever may not issue the draft as it is: to ask somebody who may. */
export function AskButton({ quote, flush, onAsked, first = false }: AskButtonProps) {
  const [open, setOpen] = useState(false);
  const [nearest] = toAsk(quote);
  if (!nearest) return null;
  return (
    <>
      <Button icon="person" look={first ? "primary" : "plain"} block={!first} onClick={() => setOpen(true)}>
        {askingText.ask(nearest.name)}
      </Button>
      {open && (
        <Suspense>
          <AskSheet quote={quote} flush={flush} onAsked={onAsked} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
