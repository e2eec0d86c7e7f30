import { useInfiniteQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { Draft } from "../../api/types";
import { MoreRows } from "../../parts/MoreRows";
import { configText } from "../../text/config";
import { openDraftsQuery } from "./configApi";
import { DraftRows } from "./DraftRows";
import styles from "./Workbench.module.css";

const HANDED_ON = ["submitted", "confirmed"];

/** Drafts under way: those that wait for somebody, first of all to be published, and apart those that are still edited. */
export function WorkbenchDrafts() {
  const query = useInfiniteQuery(openDraftsQuery);
  const found = query.data?.pages.flatMap((page) => page.items) ?? [];
  const waiting = found
    .filter(({ state }) => HANDED_ON.includes(state))
    .sort((one, other) => HANDED_ON.indexOf(other.state) - HANDED_ON.indexOf(one.state));
  const edited = found.filter(({ state }) => state === "editing");
  if (waiting.length + edited.length === 0) return null;
  return (
    <div className={styles.parts}>
      <Part title={configText.waiting} drafts={waiting} />
      <Part title={configText.underWay} drafts={edited} />
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </div>
  );
}

function Part({ title, drafts }: { title: string; drafts: Draft[] }) {
  const heading = useId();
  if (drafts.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className={styles.heading}>
        {title}
      </h2>
      <DraftRows drafts={drafts} />
    </section>
  );
}
