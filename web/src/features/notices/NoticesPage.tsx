import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { meQuery } from "../../api/session";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { EmptyState } from "../../parts/EmptyState";
import { Page } from "../../parts/Page";
import { PagedRows } from "../../parts/PagedRows";
import { taskText } from "../../text/tasks";
import { NoticeRow } from "./NoticeRow";
import { NoticeSettings } from "./NoticeSettings";
import styles from "./Notices.module.css";
import { noticesQuery, useReadNotices } from "./noticeApi";

/** What one was told, newest first, and when one wants to be told. */
export function NoticesPage() {
  const query = useInfiniteQuery({ ...noticesQuery, refetchInterval: 60_000 });
  const reading = useReadNotices();
  // Through another's eyes one only looks: their messages stay as unread as they are.
  const viewing = Boolean(useQuery(meQuery).data?.viewing);
  const unread = query.data?.pages[0]?.unread ?? 0;
  return (
    <Page
      title={taskText.notices}
      width="read"
      meta={unread > 0 ? <Badge tone="info">{taskText.unread(unread)}</Badge> : undefined}
      actions={
        unread > 0 && !viewing ? (
          <Button icon="check" busy={reading.all.isPending} onClick={() => reading.all.mutate()}>
            {taskText.readAll}
          </Button>
        ) : undefined
      }
    >
      <PagedRows
        query={query}
        empty={<EmptyState icon="info" title={taskText.emptyNotices} hint={taskText.emptyNoticesHint} />}
      >
        {(notices) => (
          <ul className={styles.list}>
            {notices.map((notice) => (
              <NoticeRow
                key={notice.id}
                notice={notice}
                mayMark={!viewing}
                onOpen={() => {
                  if (!notice.read && !viewing) reading.one.mutate(notice.id);
                }}
              />
            ))}
          </ul>
        )}
      </PagedRows>
      <div className={styles.settings}>
        <Card title={taskText.setting}>
          <NoticeSettings />
        </Card>
      </div>
    </Page>
  );
}
