import { lazy, Suspense } from "react";
import type { Revision } from "../../api/types";
import { Choice } from "../../parts/Field";
import { formatMoment, today } from "../../parts/format";
import { configText } from "../../text/config";
import styles from "./Compare.module.css";
import type { Side } from "./compareSides";

const DayInput = lazy(() => import("../../parts/DayInput").then((file) => ({ default: file.DayInput })));
const words = configText.compareSides;

interface ComparePickProps {
  label: string;
  side: Side;
  /** The revision that was in force on the day; 0 for none, undefined while it is not known. */
  found: number | undefined;
  revisions: readonly Revision[];
  onSide: (side: Side) => void;
}

/** One side of a comparison: a revision by its number, or the one of a day. */
export function ComparePick({ label, side, found, revisions, onSide }: ComparePickProps) {
  const byDay = side.day !== undefined;
  const known = revisions.find((revision) => revision.n === found);
  return (
    <fieldset className={styles.side}>
      <legend>{label}</legend>
      <div className={styles.ways}>
        <button
          type="button"
          aria-pressed={!byDay}
          onClick={() => onSide({ n: found || revisions[0]?.n, day: undefined })}
        >
          {words.revision}
        </button>
        <button type="button" aria-pressed={byDay} onClick={() => onSide({ n: undefined, day: today() })}>
          {words.day}
        </button>
      </div>
      {byDay ? (
        <>
          <Suspense>
            <DayInput
              label={words.dayOf(label)}
              value={side.day ?? null}
              onChange={(day) => day !== null && onSide({ n: undefined, day })}
            />
          </Suspense>
          <p className={styles.found} role="status">
            {found === 0 && words.noneThen}
            {known && words.thenInForce(known.n, formatMoment(known.effective_at))}
          </p>
        </>
      ) : (
        <Choice
          label={words.revisionOf(label)}
          value={side.n ?? ""}
          onChange={(event) => onSide({ n: Number(event.target.value), day: undefined })}
        >
          {revisions
            .filter((revision) => revision.state !== "cancelled")
            .map((revision) => (
              <option key={revision.n} value={revision.n}>
                {words.option(
                  revision.n,
                  formatMoment(revision.effective_at),
                  configText.revStates[revision.state],
                )}
              </option>
            ))}
        </Choice>
      )}
    </fieldset>
  );
}
