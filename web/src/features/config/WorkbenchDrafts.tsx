import { useInfiniteQuery } from "@tanstack/react-query";
import { MoreRows } from "../../parts/MoreRows";
import { configText } from "../../text/config";
import { openDraftsQuery } from "./configApi";
import { DraftRows } from "./DraftRows";
import styles from "./Workbench.module.css";

const OPEN = ["editing", "submitted", "confirmed"];

/** Drafts under way; those that wait for a second person come first. */
export function WorkbenchDrafts() {
  const query = useInfiniteQuery(openDraftsQuery);
  const found = query.data?.pages.flatMap((page) => page.items) ?? [];
  const drafts = found.filter((draft) => OPEN.includes(draft.state));
  const sorted = [...drafts].sort((one, other) => OPEN.indexOf(other.state) - OPEN.indexOf(one.state));
  if (sorted.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{configText.waiting}</h2>
      <DraftRows drafts={sorted} />
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </section>
  );
}
