import { lazy, Suspense, useState } from "react";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { askingText } from "../../text/asking";
import styles from "./AskCard.module.css";
import { refusedAsItIs, toAsk, toMend } from "./askRead";
import { showLine } from "./showLine";

const AskSheet = lazy(() => import("./AskSheet"));

interface AskButtonProps {
  quote: Quote;
  /** Waits until everything typed is saved. */
  flush: () => Promise<Quote>;
  onAsked: (quote: Quote) => void;
  /** Opens a line to set another price. */
  onEdit: (lineId: string) => void;
  /** Under the thumb, in the place of what cannot be pressed. */
  first?: boolean;
}

/**
 * The way on for whoever may not issue the draft as it is: to ask somebody who may. What has just come back and is still
 * as it was refused is changed first.
 */
export function AskButton({ quote, flush, onAsked, onEdit, first = false }: AskButtonProps) {
  const [open, setOpen] = useState(false);
  const [nearest] = toAsk(quote);
  if (!nearest) return null;
  const mend = () => {
    const line = toMend(quote);
    if (line === null) showLine(null);
    else onEdit(line);
  };
  return (
    <>
      {refusedAsItIs(quote) ? (
        <div className={styles.again}>
          <Button icon="edit" look="primary" block={!first} onClick={mend}>
            {askingText.editAgain}
          </Button>
          <Button look="text" block={!first} onClick={() => setOpen(true)}>
            {askingText.askAgain(nearest.name)}
          </Button>
        </div>
      ) : (
        <Button icon="person" look={first ? "primary" : "plain"} block={!first} onClick={() => setOpen(true)}>
          {askingText.ask(nearest.name)}
        </Button>
      )}
      {open && (
        <Suspense>
          <AskSheet quote={quote} flush={flush} onAsked={onAsked} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
