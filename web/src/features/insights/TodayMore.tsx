import { Link } from "@tanstack/react-router";
import type { Today, TodayItem } from "../../api/types";
import { insightsText } from "../../text/insights";
import { soonEnding } from "./TodayFigures";
import styles from "./TodayPage.module.css";

interface TodayMoreProps extends Pick<Today, "figures" | "soon"> {
  /** What stands on the page. */
  listed: TodayItem[];
}

/** Under the list: how many there are of a kind of which not all stand in it, and the way to all of them. */
export function TodayMore({ listed, figures, soon }: TodayMoreProps) {
  const cut = (kind: string, count: number) => {
    const shown = listed.filter((item) => item.kind === kind).length;
    return shown > 0 && shown < count;
  };
  return (
    <>
      {cut("quote_expiring", figures.expiring.count) && (
        <Link to="/quotes" search={soonEnding(soon)} className={styles.more}>
          {insightsText.allExpiring(figures.expiring.count)}
        </Link>
      )}
      {cut("quote_draft", figures.drafts.count) && (
        <Link to="/quotes" search={{ state: "draft" }} className={styles.more}>
          {insightsText.allDrafts(figures.drafts.count)}
        </Link>
      )}
    </>
  );
}
