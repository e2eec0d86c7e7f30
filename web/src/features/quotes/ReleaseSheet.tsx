import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { addDays, today } from "../../parts/format";
import { ReasonSheet } from "../../parts/ReasonSheet";
import { quotesText } from "../../text/quotes";
import { useQuoteChanged } from "./useQuoteActions";

const DayInput = lazy(() => import("../../parts/DayInput").then((file) => ({ default: file.DayInput })));
const USUAL_DAYS = 7;

/** HQ lets one quotation be signed at a withdrawn price until a named day, for a reason. */
export function ReleaseSheet({ quote, onClose }: { quote: Quote; onClose: () => void }) {
  const changed = useQuoteChanged();
  const [until, setUntil] = useState(addDays(today(), USUAL_DAYS));
  const release = useMutation({
    mutationFn: (reason: string) =>
      read(
        client.POST("/api/quotes/{id}/release", {
          params: { path: { id: quote.id } },
          body: { until, reason },
        }),
      ),
    onSuccess: (after) => {
      changed(after);
      onClose();
    },
  });
  return (
    <ReasonSheet
      open
      title={quotesText.releaseTitle}
      explains={quotesText.releaseExplains}
      action={quotesText.release}
      look="primary"
      busy={release.isPending}
      problem={release.error ? asProblem(release.error) : null}
      onClose={onClose}
      onReason={release.mutate}
    >
      <div style={{ marginBottom: 16 }}>
        <Suspense>
          <DayInput
            label={quotesText.releaseUntil}
            value={until}
            min={today()}
            onChange={(day) => setUntil(day ?? until)}
          />
        </Suspense>
      </div>
    </ReasonSheet>
  );
}
