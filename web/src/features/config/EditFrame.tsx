import type { ReactNode } from "react";
import type { Draft } from "../../api/types";
import { Note } from "../../parts/Note";
import { configText } from "../../text/config";
import styles from "./EditFrame.module.css";

/** Round the editor of a draft: whoever changes one that was handed on takes it back, which is said before it happens. */
export function EditFrame({
  draft: { state, actions },
  children,
}: {
  draft: Pick<Draft, "state" | "actions">;
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
      {children}
    </div>
  );
}
