import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem, conflictOf, fieldFaults } from "../../api/problem";
import type { Quote } from "../../api/types";
import { Choice, TextArea } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { useTyped } from "../../parts/useTyped";
import { askingText } from "../../text/asking";
import { toAsk } from "./askRead";
import { quoteQuery } from "./quoteApi";
import { useQuoteChanged } from "./useQuoteActions";

interface AskSheetProps {
  quote: Quote;
  flush: () => Promise<Quote>;
  onAsked: (quote: Quote) => void;
  onClose: () => void;
}

/** Whom to ask to decide on the draft, and why; the nearest who may, or whoever gave it back, is chosen already. */
export default function AskSheet({ quote, flush, onAsked, onClose }: AskSheetProps) {
  const spread = useQuoteChanged();
  const cache = useQueryClient();
  // Whoever may be asked can change while the sheet is open: the choice stays among those who were offered, until the
  // server says that the one who was chosen may not issue this one.
  const [askable, setAskable] = useState(() => toAsk(quote));
  const [person, setPerson] = useState(askable[0]?.id ?? 0);
  // What was said the last time is mostly the reason once more: not where it was said of another price.
  const [reason, setReason] = useState((!quote.ask?.changed && quote.ask?.reason) || "");
  const typed = useTyped([person, reason]);
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === "";
  const ask = useMutation({
    mutationFn: async () => {
      const { id, version } = await flush();
      const body = { person_id: person, reason: reason.trim() };
      // For what is on the screen, not for what somebody has made of it since.
      const inSight = ifMatch(version);
      return read(client.POST("/api/quotes/{id}/ask", { params: { path: { id } }, body, ...inSight }));
    },
    onError: async (error) => {
      const overtaken = conflictOf<Quote>(asProblem(error));
      if (overtaken) {
        onAsked(overtaken.current);
        toast(askingText.changedFirst(overtaken.changedBy), { tone: "fault" });
        return onClose();
      }
      if (fieldFaults(asProblem(error)).person_id === undefined) return;
      const current = await cache.fetchQuery({ ...quoteQuery(quote.id), staleTime: 0 }).catch(() => null);
      if (current?.state !== "draft") return;
      onAsked(current);
      setAskable(toAsk(current));
      setPerson(toAsk(current)[0]?.id ?? 0);
    },
    onSuccess: (asked) => {
      spread(asked);
      onAsked(asked);
      toast(askingText.sent(asked.ask?.to.name ?? ""));
      onClose();
    },
  });
  const send = () => {
    setTried(true);
    if (!missing) ask.mutate();
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={askingText.title}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} busy={ask.isPending} onClick={send}>
          {askingText.send}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 16 }}>
        <p style={{ color: "var(--ink-2)" }}>{askingText.explains}</p>
        <Choice
          label={askingText.whom}
          hint={askingText.whomHint}
          value={person}
          onChange={(event) => setPerson(Number(event.target.value))}
        >
          {askable.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Choice>
        <TextArea
          label={askingText.why}
          hint={askingText.whyHint}
          error={tried && missing ? askingText.whyMissing : undefined}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          data-autofocus
        />
        {ask.error && <ProblemNote problem={asProblem(ask.error)} />}
      </div>
    </Sheet>
  );
}
