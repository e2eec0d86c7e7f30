import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatMoment } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { MoreRows } from "../../parts/MoreRows";
import { configText } from "../../text/config";
import { releasesQuery } from "./configApi";
import styles from "./Workbench.module.css";

/** What will come into force by itself. */
export function WorkbenchReleases() {
  const query = useInfiniteQuery(releasesQuery);
  const releases = query.data?.pages.flatMap((page) => page.items) ?? [];
  const rows = releases.flatMap((release) => release.items.map((item) => ({ release, item })));
  if (rows.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{configText.upcoming}</h2>
      <ul className={styles.list}>
        {rows.map(({ release, item }) => (
          <li key={`${release.id} ${item.item_id}`}>
            <Link
              to="/config/items/$itemId"
              params={{ itemId: String(item.item_id) }}
              search={{ tab: "history" }}
              className={styles.row}
            >
              <Icon name="calendar" />
              <span className={styles.text}>
                <b>{item.name}</b>
                <small>
                  {[configText.willStart(item.n, formatMoment(release.effective_at)), release.note]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
              </span>
              <Icon name="right" size={16} />
            </Link>
          </li>
        ))}
      </ul>
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
    </section>
  );
}
