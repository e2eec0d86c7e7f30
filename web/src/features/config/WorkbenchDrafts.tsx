import { useQuery } from "@tanstack/react-query";
import { configText } from "../../text/config";
import { openDraftsQuery } from "./configApi";
import { DraftRows } from "./DraftRows";
import styles from "./Workbench.module.css";

const OPEN = ["editing", "submitted", "confirmed"];

/** Drafts under way; those that wait for a second person come first. */
export function WorkbenchDrafts() {
  const drafts = (useQuery(openDraftsQuery).data?.items ?? []).filter((draft) => OPEN.includes(draft.state));
  const sorted = [...drafts].sort((one, other) => OPEN.indexOf(other.state) - OPEN.indexOf(one.state));
  if (sorted.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{configText.waiting}</h2>
      <DraftRows drafts={sorted} />
    </section>
  );
}
