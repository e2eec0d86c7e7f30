import type { ReactNode } from "react";
import type { Draft, Item } from "../../api/types";
import { WaitingBase } from "../../kinds/config/waitingBase";
import { formatMoment } from "../../parts/format";
import { Note } from "../../parts/Note";
import { configText } from "../../text/config";
import styles from "./EditFrame.module.css";

/** Round the editor of a draft: whoever changes one that was handed on takes it back, which is said before it happens. */
export function EditFrame({
  draft: { state, actions },
  waits = null,
  children,
}: {
  draft: Pick<Draft, "state" | "actions">;
  /** The version on which the draft goes on, while that waits for its moment. */
  waits?: Item["queued"][number] | null;
  children: ReactNode;
}) {
  const takesBack = (state === "submitted" || state === "confirmed") && actions.includes("edit");
  // Of one shape always, so that the editor stays where it is when the draft is handed on or taken back.
  return (
    <div className={takesBack ? styles.quiet : undefined}>
      {takesBack && (
        <div className={styles.said}>
          <Note>{configText.resubmits(state === "confirmed")}</Note>
        </div>
      )}
      {waits && (
        <div className={styles.said}>
          <Note>{configText.onWaiting(waits.n, formatMoment(waits.effective_at))}</Note>
        </div>
      )}
      <WaitingBase value={waits?.n ?? null}>{children}</WaitingBase>
    </div>
  );
}
