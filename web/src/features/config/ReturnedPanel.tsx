import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem, Problem } from "../../api/problem";
import type { Draft } from "../../api/types";
import { draftQuery } from "../../kinds/config/draftApi";
import { useDraftBook } from "../../kinds/config/useDraftBook";
import { Button } from "../../parts/Button";
import { ProblemNote } from "../../parts/ProblemNote";
import { Skeleton } from "../../parts/Skeleton";
import { toast } from "../../parts/toast";
import { configText } from "../../text/config";
import { importText } from "../../text/imports";
import { listsText } from "../../text/lists";
import { useConfigChanged } from "./configApi";
import { DiffTable } from "./DiffTable";
import styles from "./Import.module.css";

const words = listsText.returned;

interface ReturnedPanelProps {
  draft: Draft;
  file: string;
  onAnother: () => void;
  onDone: () => void;
}

/**
 * A workbook that went out from here, come back: what its rows change, and then all of it or nothing. The first of them
 * are shown at once, so that whoever is asked about a file of another list can judge.
 */
export function ReturnedPanel({ draft, file, onAnother, onDone }: ReturnedPanelProps) {
  const cache = useQueryClient();
  const { book, rowsQuery } = useDraftBook(draft);
  const changed = useConfigChanged();
  /** A file of another list is meant for this one. */
  const [meant, setMeant] = useState(false);
  const path = { params: { path: { id: draft.id } } };
  const looked = useQuery({
    queryKey: ["config", "returned", draft.id, draft.version, file],
    queryFn: ({ signal }) =>
      read(
        client.POST("/api/config/drafts/{id}/take_back", { ...path, body: { file, apply: false }, signal }),
      ),
  });
  const apply = useMutation({
    mutationFn: async () => {
      if (!(await book.saver.settled())) throw new Problem(0, "rows_unsaved", configText.import.unsavedRows);
      const reload = () => cache.fetchQuery({ ...rowsQuery, staleTime: 0 });
      const take = async () => {
        const body = { file, apply: true, of_other: meant };
        const taken = await read(client.POST("/api/config/drafts/{id}/take_back", { ...path, body }));
        return { taken, draft: await cache.fetchQuery({ ...draftQuery(draft.id), staleTime: 0 }) };
      };
      return book.outside(words.step, take, reload);
    },
    onSuccess: ({ taken, draft: now }) => {
      changed(now);
      toast(words.done(taken.added, taken.changed));
      onDone();
    },
  });
  if (looked.error) return <ProblemNote problem={asProblem(looked.error)} />;
  if (!looked.data) return <Skeleton />;
  const found = looked.data;
  const nothing = found.added + found.changed === 0;
  return (
    <div className={styles.panel}>
      <div className={styles.pinned}>
        <div className={styles.outcome} role="status">
          <b>{words.own}</b>
          <span>{words.counts(found.added, found.changed, found.same)}</span>
          {found.absent > 0 && <small>{words.absent(found.absent)}</small>}
          {found.outdated && <span className={styles.missing}>{found.outdated}</span>}
          {found.faults.length > 0 && (
            <span className={styles.missing}>{words.faults(found.faults.length)}</span>
          )}
        </div>
        {found.of_other && (
          <label className={styles.meant}>
            <input type="checkbox" checked={meant} onChange={(event) => setMeant(event.target.checked)} />
            {found.of_other}
          </label>
        )}
        <Button look="text" onClick={onAnother}>
          {importText.another}
        </Button>
        {nothing && found.faults.length === 0 ? (
          <p className={styles.quiet}>{words.nothing}</p>
        ) : (
          <Button
            look="primary"
            busy={apply.isPending}
            disabled={found.faults.length > 0 || (Boolean(found.of_other) && !meant)}
            onClick={() => apply.mutate()}
          >
            {words.apply}
          </Button>
        )}
      </div>
      {apply.error && <ProblemNote problem={asProblem(apply.error)} />}
      <ul>
        {found.faults.map((fault) => (
          <li key={fault.row}>
            {words.row(fault.row)}：{fault.sentence}
          </li>
        ))}
      </ul>
      {found.changes.length > 0 && (
        <section aria-label={words.preview}>
          <h3 className={styles.title}>{words.preview}</h3>
          <DiffTable kind={draft.item.kind} items={found.changes} />
          {found.more > 0 && <p className={styles.quiet}>{words.more(found.more)}</p>}
        </section>
      )}
    </div>
  );
}
