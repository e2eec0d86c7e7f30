import { Button } from "../../parts/Button";
import { Note } from "../../parts/Note";
import { quotesText } from "../../text/quotes";
import type { DraftDoc } from "./draftModel";
import { twinsOf } from "./twins";
import type { ChangeDraft } from "./useQuoteDraft";

/** Says which lines are the same product, and offers to make them one; they may stay as they are. */
export function TwinNote({ doc, change }: { doc: DraftDoc; change: ChangeDraft }) {
  return twinsOf(doc.lines).map(({ name, rows, ids }) => (
    <Note key={ids[0]}>
      <span>{quotesText.twins(rows, name)}</span>
      <Button look="text" small onClick={() => change({ kind: "join", ids })}>
        {quotesText.twinsJoin}
      </Button>
    </Note>
  ));
}
