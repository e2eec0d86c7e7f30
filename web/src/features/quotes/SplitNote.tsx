import { Button } from "../../parts/Button";
import { Note } from "../../parts/Note";
import { quotesText } from "../../text/quotes";
import type { DraftDoc } from "./draftModel";
import { splitOf } from "./split";

interface SplitNoteProps {
  doc: DraftDoc;
  /** Leads to a line, where the lines are in reach. */
  onGo?: (id: string) => void;
}

/** Says of which lines half a pail or bag is asked; it may be meant so. */
export function SplitNote({ doc, onGo }: SplitNoteProps) {
  const found = splitOf(doc.lines);
  if (found.length === 0) return null;
  return (
    <div style={{ display: "grid", gap: 8, margin: "12px 0" }}>
      {found.map((split) => (
        <Note key={split.id}>
          <span>{quotesText.split(split)}</span>
          {onGo && (
            <Button look="text" small onClick={() => onGo(split.id)}>
              {quotesText.goProblem}
            </Button>
          )}
        </Note>
      ))}
    </div>
  );
}
