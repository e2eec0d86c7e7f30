import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { client, read } from "../../api/client";
import { asProblem, Problem } from "../../api/problem";
import type { Draft, ImportProposal, ImportRequest } from "../../api/types";
import { useDraftBook } from "../../kinds/config/useDraftBook";
import { Button, buttonClass } from "../../parts/Button";
import { FileDrop } from "../../parts/FileDrop";
import { Icon } from "../../parts/Icon";
import { ProblemNote } from "../../parts/ProblemNote";
import { toast } from "../../parts/toast";
import { configText } from "../../text/config";
import { listsText } from "../../text/lists";
import { BadRows } from "./BadRows";
import { useConfigChanged } from "./configApi";
import styles from "./Import.module.css";
import { ImportMapping } from "./ImportMapping";
import { ReturnedPanel } from "./ReturnedPanel";

const words = configText.import;
const SHEETS =
  ".xlsx,.xls,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.ms-excel,text/csv";

/** From a sheet to rows of the draft: what goes where, what is wrong and in which cell, and only then the import. */
export function ImportPanel({
  draft,
  onOpen,
  onDone,
}: {
  draft: Draft;
  /** Whether a file is open that is not yet taken into the draft. */
  onOpen: (open: boolean) => void;
  onDone: () => void;
}) {
  const cache = useQueryClient();
  const { book, rowsQuery } = useDraftBook(draft);
  const saving = useSyncExternalStore(book.saver.subscribe, book.saver.current);
  const changed = useConfigChanged();
  const [request, setRequest] = useState<ImportRequest | null>(null);
  const open = request !== null;
  useEffect(() => {
    onOpen(open);
    return () => onOpen(false);
  }, [open, onOpen]);
  const path = { params: { path: { id: draft.id } } };
  const inspected = useQuery({
    queryKey: ["config", "import", draft.id, draft.version, request],
    // Rows on their way would make the draft another one under the hand that imports.
    enabled: request !== null && (!book.saver.dirty || saving.state === "failed"),
    queryFn: ({ signal }) =>
      read(
        client.POST("/api/config/drafts/{id}/import/inspect", {
          ...path,
          body: request ?? { file: "" },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const apply = useMutation({
    mutationFn: async (skip_bad: boolean) => {
      if (!(await book.saver.settled())) throw new Problem(0, "rows_unsaved", words.unsavedRows);
      const reload = () => cache.fetchQuery({ ...rowsQuery, staleTime: 0 });
      return book.outside(
        words.step,
        () =>
          read(
            client.POST("/api/config/drafts/{id}/import/apply", {
              ...path,
              body: { ...(request ?? { file: "" }), skip_bad },
            }),
          ),
        reload,
      );
    },
    onSuccess: (result) => {
      changed(result.draft);
      toast(words.done(result.counts.added, result.counts.changed, result.skipped));
      onDone();
    },
  });
  const proposal = request === null ? undefined : inspected.data;
  const problem = apply.error ?? inspected.error;
  if (request === null) {
    return (
      <div className={styles.panel}>
        <FileDrop
          label={words.file}
          hint={words.hint}
          accept={SHEETS}
          onStored={(stored) => setRequest({ file: stored.file })}
        />
        <a className={buttonClass("text", false)} href={`/api/config/drafts/${draft.id}/export`} download>
          <Icon name="download" size={18} />
          <span>{listsText.exportDraft}</span>
        </a>
      </div>
    );
  }
  return (
    <ReturnedPanel draft={draft} file={request.file} onAnother={() => setRequest(null)} onDone={onDone}>
      <div className={styles.panel}>
        <div className={styles.pinned}>
          {proposal && <Outcome proposal={proposal} />}
          <Button look="text" onClick={() => setRequest(null)}>
            {words.another}
          </Button>
          {proposal && (
            <ApplyButton
              proposal={proposal}
              again={draft.state !== "editing"}
              busy={apply.isPending || inspected.isFetching}
              onApply={(skip) => apply.mutate(skip)}
            />
          )}
        </div>
        {problem && <ProblemNote problem={asProblem(problem)} />}
        {proposal && draft.state !== "editing" && (
          <p className={styles.missing} role="note">
            {words.takesBack(draft.title)}
          </p>
        )}
        {proposal === undefined && !problem && <p className={styles.quiet}>{words.reading}</p>}
        {proposal && (
          <div className={inspected.isFetching ? styles.stale : undefined} aria-busy={inspected.isFetching}>
            <ImportMapping proposal={proposal} request={request} onChange={setRequest} />
            {proposal.bad.length > 0 && <BadRows bad={proposal.bad} />}
          </div>
        )}
      </div>
    </ReturnedPanel>
  );
}

function Outcome({ proposal }: { proposal: ImportProposal }) {
  const { counts } = proposal;
  return (
    <div className={styles.outcome} role="status">
      {proposal.missing.length > 0 ? (
        <p className={styles.missing}>{words.missing(proposal.missing.join("、"))}</p>
      ) : (
        <>
          <b>{words.result(proposal.rows)}</b>
          <span>{words.added(counts.added)}</span>
          <span>{words.changed(counts.changed)}</span>
          <span>{words.same(counts.same)}</span>
          {proposal.bad_rows > 0 && <span className={styles.missing}>{words.bad(proposal.bad_rows)}</span>}
          {proposal.not_in_file > 0 && <small>{words.notInFile(proposal.not_in_file)}</small>}
        </>
      )}
    </div>
  );
}

function ApplyButton({
  proposal,
  again,
  busy,
  onApply,
}: {
  proposal: ImportProposal;
  /** The draft has been submitted: it goes back to editing. */
  again: boolean;
  busy: boolean;
  onApply: (skip: boolean) => void;
}) {
  const { counts, bad_rows } = proposal;
  const news = counts.added + counts.changed;
  if (proposal.missing.length > 0) return null;
  if (news === 0 && bad_rows === 0) return <span className={styles.quiet}>{words.nothing}</span>;
  if (bad_rows > 0) {
    return (
      <>
        <span className={styles.quiet}>{words.applyFix}</span>
        <Button busy={busy} disabled={news === 0} onClick={() => onApply(true)}>
          {again ? words.applySkipAgain(bad_rows) : words.applySkip(bad_rows)}
        </Button>
      </>
    );
  }
  return (
    <Button look="primary" busy={busy} onClick={() => onApply(false)}>
      {again ? words.applyAgain : words.apply}
    </Button>
  );
}
