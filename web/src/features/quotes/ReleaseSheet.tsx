import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { TextArea } from "../../parts/Field";
import { addDays, today } from "../../parts/format";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { baseText } from "../../text/base";
import { quotesText } from "../../text/quotes";
import { useQuoteChanged } from "./useQuoteActions";

const DayInput = lazy(() => import("../../parts/DayInput").then((file) => ({ default: file.DayInput })));
const USUAL_DAYS = 7;

/** HQ lets one quotation be signed at a withdrawn price until a named day, for a reason. */
export function ReleaseSheet({ quote, onClose }: { quote: Quote; onClose: () => void }) {
  const changed = useQuoteChanged();
  const [until, setUntil] = useState(addDays(today(), USUAL_DAYS));
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const release = useMutation({
    mutationFn: () =>
      read(
        client.POST("/api/quotes/{id}/release", {
          params: { path: { id: quote.id } },
          body: { until, reason: reason.trim() },
        }),
      ),
    onSuccess: (after) => {
      changed(after);
      onClose();
    },
  });
  const missing = reason.trim() === "";
  const send = () => {
    setAsked(true);
    if (!missing) release.mutate();
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={quotesText.releaseTitle}
      footer={
        <SheetActs onClose={onClose} busy={release.isPending} onClick={send}>
          {quotesText.release}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 16 }}>
        <p style={{ color: "var(--ink-2)" }}>{quotesText.releaseExplains}</p>
        <Suspense>
          <DayInput
            label={quotesText.releaseUntil}
            value={until}
            min={today()}
            onChange={(day) => setUntil(day ?? until)}
          />
        </Suspense>
        <TextArea
          label={baseText.reason}
          hint={baseText.reasonHint}
          error={asked && missing ? baseText.reasonMissing : undefined}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
        {release.error && <ProblemNote problem={asProblem(release.error)} />}
      </div>
    </Sheet>
  );
}
