import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { client, read } from "../../api/client";
import { asProblem, Problem } from "../../api/problem";
import type { Draft, Import, ImportChoices } from "../../api/types";
import { useDraftBook } from "../../kinds/config/useDraftBook";
import { buttonClass } from "../../parts/Button";
import { FileDrop } from "../../parts/FileDrop";
import { Icon } from "../../parts/Icon";
import { ProblemNote } from "../../parts/ProblemNote";
import { Skeleton } from "../../parts/Skeleton";
import { toast } from "../../parts/toast";
import { configText } from "../../text/config";
import { importText as words } from "../../text/imports";
import { listsText } from "../../text/lists";
import { AskedRows } from "./AskedRows";
import { useConfigChanged } from "./configApi";
import { DraftImports } from "./DraftImports";
import styles from "./Import.module.css";
import { ImportOutcome } from "./ImportOutcome";
import { ImportSheets } from "./ImportSheets";
import { ImportSource } from "./ImportSource";
import { draftImportsQuery, importKey, takenSheets, useImport, useSettle } from "./importApi";
import { ReturnedPanel } from "./ReturnedPanel";
import { RowList } from "./RowList";

const SHEETS =
  ".xlsx,.xls,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.ms-excel,text/csv";

interface ImportPanelProps {
  draft: Draft;
  /** Whether a file is open that is not yet taken into the draft. */
  onOpen: (open: boolean) => void;
  onDone: () => void;
}

/** From a sheet to rows of the draft: a file that was brought earlier lies open as it was left. */
export function ImportPanel(props: ImportPanelProps) {
  const listed = useQuery(draftImportsQuery(props.draft.id));
  if (listed.isPending) return <Skeleton />;
  const open = listed.data?.items.find(
    (one) => one.editable && (one.state === "ready" || one.state === "reading" || one.state === "failed"),
  );
  return <Opened {...props} left={open?.id ?? null} />;
}

function Opened({ draft, onOpen, onDone, left }: ImportPanelProps & { left: number | null }) {
  const cache = useQueryClient();
  const { book, rowsQuery } = useDraftBook(draft);
  const saving = useSyncExternalStore(book.saver.subscribe, book.saver.current);
  const changed = useConfigChanged();
  const [id, setId] = useState<number | null>(left);
  /** A workbook that went out from here: it comes back row by row and is no import. */
  const [returned, setReturned] = useState<string | null>(null);
  const query = useImport(id);
  const over = query.data?.state === "taken" || query.data?.state === "cancelled";
  const found = id === null || over ? undefined : query.data;
  const settle = useSettle();
  useEffect(() => {
    onOpen(id !== null || returned !== null);
    return () => onOpen(false);
  }, [id, returned, onOpen]);
  const listChanged = () => cache.invalidateQueries({ queryKey: draftImportsQuery(draft.id).queryKey });
  const begin = useMutation({
    mutationFn: async (file: string) => {
      const path = { params: { path: { id: draft.id } } };
      const looked = await read(
        client.POST("/api/config/drafts/{id}/take_back", { ...path, body: { file, apply: false } }),
      );
      if (looked.own) return null;
      return read(client.POST("/api/config/drafts/{id}/imports", { ...path, body: { file } }));
    },
    onSuccess: (now, file) => {
      if (now === null) {
        setReturned(file);
        return;
      }
      cache.setQueryData(importKey(now.id), now);
      setId(now.id);
    },
  });
  const letGo = useMutation({
    mutationFn: (of: number) =>
      read(client.POST("/api/config/imports/{id}/cancel", { params: { path: { id: of } } })),
    onSettled: () => {
      setId(null);
      listChanged();
    },
  });
  const apply = useMutation({
    mutationFn: async ({ of, skip_bad }: { of: number; skip_bad: boolean }) => {
      if (!(await book.saver.settled())) throw new Problem(0, "rows_unsaved", configText.import.unsavedRows);
      const reload = () => cache.fetchQuery({ ...rowsQuery, staleTime: 0 });
      const take = () =>
        read(
          client.POST("/api/config/imports/{id}/apply", { params: { path: { id: of } }, body: { skip_bad } }),
        );
      return book.outside(configText.import.step, take, reload);
    },
    onSuccess: (result) => {
      changed(result.draft);
      toast(words.done(result.counts.added, result.counts.changed, result.skipped));
      onDone();
    },
  });
  if (returned !== null)
    return (
      <ReturnedPanel draft={draft} file={returned} onAnother={() => setReturned(null)} onDone={onDone} />
    );
  if (id !== null && query.isPending) return <Skeleton />;
  if (found === undefined) {
    const problem = begin.error ?? query.error;
    return (
      <div className={styles.panel}>
        {problem && <ProblemNote problem={asProblem(problem)} />}
        <FileDrop
          label={words.file}
          hint={words.hint}
          accept={SHEETS}
          onStored={(stored) => begin.mutate(stored.file)}
        />
        <a className={buttonClass("text", false)} href={`/api/config/drafts/${draft.id}/export`} download>
          <Icon name="download" size={18} />
          <span>{listsText.exportDraft}</span>
        </a>
        <DraftImports draftId={draft.id} />
      </div>
    );
  }
  const change = (choices: ImportChoices) => settle.mutate({ of: found, choices });
  const unsaved = book.saver.dirty && saving.state !== "failed";
  return (
    <div className={styles.panel}>
      <ImportOutcome
        found={found}
        again={draft.state !== "editing"}
        busy={apply.isPending || settle.isPending || unsaved}
        onApply={(skip_bad) => apply.mutate({ of: found.id, skip_bad })}
        onLetGo={() => letGo.mutate(found.id)}
        onRetry={() => change(found.choices)}
      />
      <Problems of={[apply.error, settle.error, letGo.error, query.error]} />
      {draft.state !== "editing" && (
        <p className={styles.missing} role="note">
          {configText.import.takesBack(draft.title)}
        </p>
      )}
      <Preview found={found} settling={settle.isPending} onChange={change} />
    </div>
  );
}

function Problems({ of }: { of: (Error | null)[] }) {
  const problem = of.find((one) => one !== null);
  return problem ? <ProblemNote problem={asProblem(problem)} /> : null;
}

function Preview({
  found,
  settling,
  onChange,
}: {
  found: Import;
  settling: boolean;
  onChange: (choices: ImportChoices) => void;
}) {
  const { preview } = found;
  const several = takenSheets(preview) > 1;
  const stale = settling || found.state === "reading";
  return (
    <>
      <ImportSource key={found.choices.supplier} found={found} onChange={onChange} />
      {preview && (
        <div className={stale ? styles.stale : undefined} aria-busy={stale}>
          <ImportSheets sheets={preview.sheets} choices={found.choices} onChange={onChange} />
          <AskedRows found={found} preview={preview} busy={stale} onChange={onChange} />
          <RowList
            title={words.refusedTitle}
            several={several}
            rows={preview.refused}
            count={preview.tally.refused}
            open
          />
          <RowList title={words.mendedTitle} several={several} rows={preview.mended} />
          <RowList title={words.leftOutTitle} several={several} rows={preview.left_out} />
        </div>
      )}
    </>
  );
}
