import type { QuoteOptions } from "../../api/types";
import { TextArea } from "../../parts/Field";
import { quotesText } from "../../text/quotes";
import { Snippets } from "./Snippets";
import type { ChangeDraft } from "./useQuoteDraft";

interface NotesFieldProps {
  notes: string;
  snippets: QuoteOptions["snippets"];
  change: ChangeDraft;
}

/** What is said on the whole quotation; like a quantity it belongs to the draft with each key, not when it is left. */
export function NotesField({ notes, snippets, change }: NotesFieldProps) {
  const set = (next: string) => change({ kind: "notes", notes: next });
  return (
    <>
      <TextArea
        label={quotesText.notes}
        optional
        hint={quotesText.notesHint}
        value={notes}
        maxLength={2000}
        onChange={(event) => set(event.target.value)}
      />
      <Snippets snippets={snippets} onPick={(text) => set([notes.trim(), text].filter(Boolean).join("\n"))} />
    </>
  );
}
