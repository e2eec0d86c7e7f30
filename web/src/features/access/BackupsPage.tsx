import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { backupsQuery } from "../../api/backups";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Backup, BackupList } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { EmptyState } from "../../parts/EmptyState";
import { formatBytes, formatMoment } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { Note } from "../../parts/Note";
import { Page } from "../../parts/Page";
import { toast } from "../../parts/toast";
import { operationText } from "../../text/operation";
import styles from "./BackupsPage.module.css";

const words = operationText.backupPage;
/** While one is being made the page looks again by itself. */
const LOOK_MS = 3_000;

/** What lies in the folder of backups, and one more on demand; for administrators. */
export function BackupsPage() {
  const cache = useQueryClient();
  const query = useQuery({
    ...backupsQuery,
    refetchInterval: ({ state }) => (state.data?.making ? LOOK_MS : false),
  });
  const make = useMutation({
    mutationFn: () => read(client.POST("/api/backups", { body: {} })),
    onSuccess: () => {
      toast(words.begun);
      return cache.invalidateQueries({ queryKey: backupsQuery.queryKey });
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  const making = query.data?.making ?? false;
  return (
    <Page
      title={operationText.backups}
      back="/me"
      width="record"
      actions={
        query.data && (
          <Button
            look="primary"
            icon="download"
            busy={make.isPending || making}
            onClick={() => make.mutate()}
          >
            {making ? words.making : words.now}
          </Button>
        )
      }
    >
      <p className={styles.lead}>{words.lead}</p>
      <Loaded query={query}>{(list) => <Listed list={list} />}</Loaded>
    </Page>
  );
}

function Listed({ list }: { list: BackupList }) {
  return (
    <div className={styles.parts}>
      {list.failed && <Note>{words.failed(formatMoment(list.failed.at), list.failed.reason)}</Note>}
      <p className={styles.lead}>
        {list.minute === null ? words.never(list.keeps) : words.daily(timeOfDay(list.minute), list.keeps)}
      </p>
      {list.minute === null && (
        <div className={styles.how}>
          <p>{words.neverHow}</p>
          <code>{words.neverLine}</code>
        </div>
      )}
      {list.items.length === 0 ? (
        <EmptyState icon="file" title={words.empty} hint={words.emptyHint} />
      ) : (
        <Kept items={list.items} />
      )}
      <Card title={words.restoring}>
        <p>{words.restoringHow}</p>
      </Card>
    </div>
  );
}

function Kept({ items }: { items: readonly Backup[] }) {
  return (
    <Card flush>
      <ul className={styles.list} aria-label={operationText.backups}>
        {items.map((one) => (
          <li key={one.name}>
            <div className={styles.what}>
              <b>{formatMoment(one.made_at)}</b>
              <small>{one.name}</small>
            </div>
            <span className={styles.size}>{formatBytes(one.bytes)}</span>
            <Checked missing={one.missing} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What was found when it was read back. */
function Checked({ missing }: { missing: number | null }) {
  if (missing === null) return <Badge tone="plain">{words.unnoted}</Badge>;
  if (missing > 0)
    return (
      <Badge tone="risk" icon="warning">
        {words.missing(missing)}
      </Badge>
    );
  return (
    <Badge tone="money" icon="check">
      {words.checked}
    </Badge>
  );
}

const two = (n: number) => String(n).padStart(2, "0");
const timeOfDay = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
