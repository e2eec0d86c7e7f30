import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Checks, Draft } from "../../api/types";
import { TextArea, TextField } from "../../parts/Field";
import { addDays, formatMoment, momentOf, serverNow, today } from "../../parts/format";
import { Note } from "../../parts/Note";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { useTyped } from "../../parts/useTyped";
import { configText } from "../../text/config";
import { riskText } from "../../text/risks";
import { itemQuery, useDraftStep } from "./configApi";
import { overtaken } from "./publishing";
import { RiskList } from "./RiskList";
import styles from "./SubmitSheet.module.css";

const DayInput = lazy(() => import("../../parts/DayInput").then((file) => ({ default: file.DayInput })));

/** Hands the draft over: from when it shall hold, why, and whether the one in force is withdrawn with it. */
export function SubmitSheet({
  draft,
  risks,
  onClose,
}: {
  draft: Draft;
  /** What stands out: whoever confirms will be asked for it. */
  risks: Checks["risks"] | undefined;
  onClose: () => void;
}) {
  const item = useQuery(itemQuery(draft.item.id)).data;
  const inForce = item?.in_force ?? null;
  const [later, setLater] = useState(draft.effective_at !== null);
  const [day, setDay] = useState(addDays(today(), 1));
  const [time, setTime] = useState("00:00");
  const [note, setNote] = useState(draft.note);
  const [asked, setAsked] = useState(false);
  const [voids, setVoids] = useState(false);
  const typed = useTyped([later, day, time, note, voids]);
  const submit = useDraftStep(
    () =>
      read(
        client.POST("/api/config/drafts/{id}/submit", {
          params: { path: { id: draft.id } },
          body: {
            effective_at: later ? momentOf(day, time) : null,
            note: note.trim(),
            ...(voids && inForce ? { voids: inForce.n } : {}),
          },
        }),
      ),
    onClose,
  );
  const broken = later && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  const past = later && !broken && momentOf(day, time) <= serverNow();
  const fault = broken ? configText.timeBroken : past ? configText.momentPast : undefined;
  const ahead = fault === undefined ? overtaken(item, later ? momentOf(day, time) : null) : null;
  const unexplained = note.trim() === "";
  const send = () => {
    setAsked(true);
    if (!unexplained) submit.mutate();
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={configText.submitTitle}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} busy={submit.isPending} disabled={fault !== undefined} onClick={send}>
          {configText.submit}
        </SheetActs>
      }
    >
      <div className={styles.form}>
        <p className={styles.hint}>
          {draft.second_person ? configText.submitHint : configText.submitHintAlone}
        </p>
        {risks && <RiskList risks={risks} hint={riskText.authorHint} />}
        <fieldset className={styles.when}>
          <legend>{configText.when}</legend>
          <label>
            <input type="radio" name="when" checked={!later} onChange={() => setLater(false)} />
            {configText.whenNow}
          </label>
          <label>
            <input type="radio" name="when" checked={later} onChange={() => setLater(true)} />
            {configText.whenLater}
          </label>
        </fieldset>
        {later && (
          <div className={styles.moment}>
            <Suspense>
              <DayInput
                label={configText.day}
                value={day}
                min={today()}
                onChange={(chosen) => setDay(chosen ?? day)}
              />
            </Suspense>
            <TextField
              label={configText.time}
              inputMode="numeric"
              maxLength={5}
              value={time}
              error={fault}
              onChange={(event) => setTime(event.target.value)}
            />
          </div>
        )}
        {ahead && <Note>{configText.overtakes(ahead.n, formatMoment(ahead.effective_at))}</Note>}
        <TextArea
          label={configText.note}
          hint={configText.noteHint}
          error={asked && unexplained ? configText.noteMissing : undefined}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        {inForce && (
          <label className={styles.voids}>
            <input type="checkbox" checked={voids} onChange={(event) => setVoids(event.target.checked)} />
            {configText.voidsToo(inForce.n)}
          </label>
        )}
        {submit.error && <ProblemNote problem={asProblem(submit.error)} />}
      </div>
    </Sheet>
  );
}
