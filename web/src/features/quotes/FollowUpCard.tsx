import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { TextField } from "../../parts/Field";
import { addDays, daysBetween, formatDay, today } from "../../parts/format";
import { ProblemNote } from "../../parts/ProblemNote";
import { shareText } from "../../text/share";
import { useQuoteChanged } from "./useQuoteActions";

const DayInput = lazy(() => import("../../parts/DayInput").then((file) => ({ default: file.DayInput })));
const USUAL_DAYS = 3;

/** When to ask the customer again; on that day it stands on the page of today. */
export function FollowUpCard({ quote }: { quote: Quote }) {
  const changed = useQuoteChanged();
  const planned = quote.follow_up;
  const [editing, setEditing] = useState(false);
  const [day, setDay] = useState(planned?.day ?? addDays(today(), USUAL_DAYS));
  const [note, setNote] = useState(planned?.note ?? "");
  const save = useMutation({
    mutationFn: (body: { day: string | null; note: string }) =>
      read(client.POST("/api/quotes/{id}/follow-up", { params: { path: { id: quote.id } }, body })),
    onSuccess: (after) => {
      changed(after);
      setEditing(false);
    },
  });
  const late = planned ? daysBetween(planned.day, today()) : 0;
  return (
    <Card title={shareText.followUp}>
      <div style={{ display: "grid", gap: 12 }}>
        {planned && !editing && (
          <p>
            <b>
              {late > 0
                ? shareText.followLate(formatDay(planned.day), late)
                : shareText.followOn(formatDay(planned.day))}
            </b>
            {planned.note !== "" && ` · ${planned.note}`}
          </p>
        )}
        {editing && (
          <>
            <Suspense>
              <DayInput
                label={shareText.followDay}
                value={day}
                min={today()}
                onChange={(chosen) => setDay(chosen ?? day)}
              />
            </Suspense>
            <TextField
              label={shareText.followNote}
              hint={shareText.followNoteHint}
              optional
              value={note}
              maxLength={200}
              onChange={(event) => setNote(event.target.value)}
            />
          </>
        )}
        {save.error && <ProblemNote problem={asProblem(save.error)} />}
        <div style={{ display: "flex", flexWrap: "wrap", gap: 8 }}>
          {editing ? (
            <Button icon="calendar" busy={save.isPending} onClick={() => save.mutate({ day, note })}>
              {shareText.followSave}
            </Button>
          ) : (
            <Button icon="calendar" onClick={() => setEditing(true)}>
              {planned ? shareText.followChange : shareText.followSet}
            </Button>
          )}
          {planned && !editing && (
            <Button
              look="text"
              icon="check"
              busy={save.isPending}
              onClick={() => save.mutate({ day: null, note: "" })}
            >
              {shareText.followDone}
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}
