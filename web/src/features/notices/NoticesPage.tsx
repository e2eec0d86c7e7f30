import { useInfiniteQuery } from "@tanstack/react-query";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { EmptyState } from "../../parts/EmptyState";
import { formatAgo } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { MoreRows } from "../../parts/MoreRows";
import { Page } from "../../parts/Page";
import { RecordLink } from "../../parts/RecordLink";
import { taskText } from "../../text/tasks";
import { NoticeSettings } from "./NoticeSettings";
import styles from "./Notices.module.css";
import { noticesQuery, useReadNotices } from "./noticeApi";

/** What one was told, newest first, and when one wants to be told. */
export function NoticesPage() {
  const query = useInfiniteQuery({ ...noticesQuery, refetchInterval: 60_000 });
  const reading = useReadNotices();
  const unread = query.data?.pages[0]?.unread ?? 0;
  return (
    <Page
      title={taskText.notices}
      width="read"
      meta={unread > 0 ? <Badge tone="info">{taskText.unread(unread)}</Badge> : undefined}
      actions={
        unread > 0 ? (
          <Button icon="check" busy={reading.all.isPending} onClick={() => reading.all.mutate()}>
            {taskText.readAll}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={query}>
        {(found) => {
          const notices = found.pages.flatMap((page) => page.items);
          if (notices.length === 0) {
            return <EmptyState icon="info" title={taskText.emptyNotices} hint={taskText.emptyNoticesHint} />;
          }
          return (
            <>
              <ul className={styles.list}>
                {notices.map((notice) => (
                  <li key={notice.id} className={notice.read ? styles.row : `${styles.row} ${styles.fresh}`}>
                    <div className={styles.text}>
                      <b>{notice.text}</b>
                      <span className={styles.about}>
                        <span>{taskText.kinds[notice.kind]}</span>
                        <RecordLink
                          about={notice.about}
                          onOpen={() => {
                            if (!notice.read) reading.one.mutate(notice.id);
                          }}
                        />
                        <span>{formatAgo(notice.shown_at)}</span>
                      </span>
                    </div>
                    {!notice.read && <Badge tone="info">{taskText.isNew}</Badge>}
                  </li>
                ))}
              </ul>
              <MoreRows
                has={query.hasNextPage}
                busy={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            </>
          );
        }}
      </Loaded>
      <div className={styles.settings}>
        <Card title={taskText.setting}>
          <NoticeSettings />
        </Card>
      </div>
    </Page>
  );
}
