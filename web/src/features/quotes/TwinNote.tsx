import { Button } from "../../parts/Button";
import { Note } from "../../parts/Note";
import { quotesText } from "../../text/quotes";
import type { DraftDoc } from "./draftModel";
import { twinsOf } from "./twins";
import type { ChangeDraft } from "./useQuoteDraft";

/** Says which lines are the same product, and offers to make them one; they may stay as they are. */
export function TwinNote({ doc, change }: { doc: DraftDoc; change: ChangeDraft }) {
  const found = twinsOf(doc.lines);
  if (found.length === 0) return null;
  return (
    <div style={{ display: "grid", gap: 8, margin: "12px 0" }}>
      {found.map(({ name, rows, ids }) => (
        <Note key={ids[0]}>
          <span>{quotesText.twins(rows, name)}</span>
          <Button look="text" small onClick={() => change({ kind: "join", ids })}>
            {quotesText.twinsJoin}
          </Button>
        </Note>
      ))}
    </div>
  );
}
