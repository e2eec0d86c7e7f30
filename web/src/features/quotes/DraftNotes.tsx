import type { Quote } from "../../api/types";
import { AskCard } from "./AskCard";
import { ChangedNote } from "./ChangedNote";
import { Hands } from "./Hands";
import type { useQuoteDraft } from "./useQuoteDraft";

type Draft = Pick<ReturnType<typeof useQuoteDraft>, "adopt" | "beside" | "flush">;

/** What stands above a draft: in whose hands it is, who was asked to decide, and what others changed. */
export function DraftNotes({ quote, draft }: { quote: Quote; draft: Draft }) {
  return (
    <>
      <Hands quote={quote} onTaken={draft.adopt} />
      <AskCard quote={quote} flush={draft.flush} onChanged={draft.beside} />
      <ChangedNote now={quote.changed} />
    </>
  );
}
