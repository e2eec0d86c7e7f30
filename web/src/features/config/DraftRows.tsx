import { Link } from "@tanstack/react-router";
import type { Draft } from "../../api/types";
import { formatAgo } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { configText } from "../../text/config";
import { DraftState } from "./DraftState";
import styles from "./Workbench.module.css";

/** Drafts as a list, each with what it changes and where it stands. */
export function DraftRows({ drafts }: { drafts: Draft[] }) {
  return (
    <ul className={styles.list}>
      {drafts.map((draft) => (
        <li key={draft.id}>
          <Link to="/config/drafts/$draftId" params={{ draftId: String(draft.id) }} className={styles.row}>
            <span className={styles.text}>
              <b>{draft.title}</b>
              <small>
                {[
                  draft.item.name,
                  draft.author.name,
                  formatAgo(draft.updated_at),
                  configText.counts(draft.counts.added, draft.counts.changed, draft.counts.removed),
                ].join(" · ")}
              </small>
            </span>
            <DraftState state={draft.state} behind={draft.behind} />
            <Icon name="right" size={16} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
