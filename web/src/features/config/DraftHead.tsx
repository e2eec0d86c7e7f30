import { Link } from "@tanstack/react-router";
import type { Draft } from "../../api/types";
import { formatMoment } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { useIsPhone } from "../../parts/useIsPhone";
import { configText } from "../../text/config";
import styles from "./DraftHead.module.css";
import { DraftTitle } from "./DraftTitle";

const AT: Record<Draft["state"], number> = {
  editing: 0,
  submitted: 1,
  confirmed: 2,
  published: 4,
  discarded: 0,
};

/** The way of a draft with the step it stands on, and who did what. */
export function DraftHead({ draft }: { draft: Draft }) {
  const phone = useIsPhone();
  const steps = draft.second_person ? configText.steps : configText.stepsShort;
  const reached =
    draft.state === "published"
      ? steps.length
      : Math.min(
          AT[draft.state] + (draft.state === "submitted" || draft.state === "confirmed" ? 1 : 0),
          steps.length - 1,
        );
  const mine = draft.actions.includes("edit") && !draft.behind;
  const waits = !mine
    ? null
    : draft.state === "submitted" && draft.second_person
      ? configText.waitsForSecond
      : draft.state === "confirmed" && !draft.actions.includes("publish")
        ? configText.waitsForPublish
        : null;
  return (
    <div className={styles.head}>
      {draft.state !== "discarded" && (
        <ol className={styles.steps}>
          {steps.map((step, index) => (
            <li
              key={step}
              className={index < reached ? styles.done : index === reached ? styles.here : undefined}
              aria-current={index === reached ? "step" : undefined}
            >
              <span>{index < reached ? <Icon name="check" size={14} /> : index + 1}</span>
              {step}
            </li>
          ))}
        </ol>
      )}
      {!phone && draft.state === "editing" && draft.actions.includes("edit") && <DraftTitle draft={draft} />}
      <p className={styles.facts}>
        <Link to="/config/items/$itemId" params={{ itemId: String(draft.item.id) }}>
          {draft.item.name}
        </Link>
        {[
          "",
          `${configText.author} ${draft.author.name}`,
          draft.confirmed_by && `${configText.confirmedBy} ${draft.confirmed_by.name}`,
          draft.state !== "editing" &&
            draft.state !== "discarded" &&
            `${configText.effective} ${draft.published ? formatMoment(draft.published.effective_at) : draft.effective_at === null ? configText.atOnce : formatMoment(draft.effective_at)}`,
        ]
          .filter((part) => part !== false && part !== null)
          .join(" · ")}
      </p>
      {draft.note !== "" && <p className={styles.note}>{configText.noteIs(draft.note)}</p>}
      {waits !== null && (
        <p className={styles.waits} role="status">
          <Icon name="clock" size={18} />
          {waits}
        </p>
      )}
      {draft.returned && draft.state === "editing" && (
        <p className={styles.returned}>
          <Icon name="warning" size={18} />
          {configText.returned(draft.returned.by.name, formatMoment(draft.returned.at))}：
          {draft.returned.reason}
        </p>
      )}
    </div>
  );
}
