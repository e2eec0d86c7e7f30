import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import type { Problem } from "../../api/problem";
import { meQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { today } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { useOnline } from "../../parts/OfflineBar";
import { ProblemNote } from "../../parts/ProblemNote";
import { piecesOf } from "../../parts/reductions";
import { TotalsList } from "../../parts/TotalsList";
import { useIsPhone } from "../../parts/useIsPhone";
import { quotesText } from "../../text/quotes";
import { gaveBack, refusedAsItIs, refusedWaiting } from "./askRead";
import type { DraftDoc } from "./draftModel";
import { Guided } from "./Guided";
import { NotesField } from "./NotesField";
import styles from "./QuoteSummary.module.css";
import { quoteOptionsQuery } from "./quoteApi";
import { SealNote } from "./SealNote";
import { showLine } from "./showLine";
import type { ChangeDraft } from "./useQuoteDraft";
import { WholeLine } from "./WholeLine";

const DayInput = lazy(() => import("../../parts/DayInput").then((file) => ({ default: file.DayInput })));

interface QuoteSummaryProps {
  doc: DraftDoc;
  quote: Quote;
  change: ChangeDraft;
  stale: boolean;
  ready: boolean;
  busy: boolean;
  problem: Problem | null;
  /** The way on for whoever may not issue it as it is. */
  ask: ReactNode;
  onIssue: () => void;
}

/** Beside the lines: totals, how long it holds, notes, what still hinders, and the button that issues. */
export function QuoteSummary({
  doc,
  quote,
  change,
  stale,
  ready,
  busy,
  problem,
  ask,
  onIssue,
}: QuoteSummaryProps) {
  const phone = useIsPhone();
  const online = useOnline();
  const options = useQuery(quoteOptionsQuery).data;
  const me = useQuery(meQuery).data?.id;
  const general = stale ? [] : quote.problems.filter((one) => doc.lines.length > 0 || one.line_id === null);
  // Once the draft itself says why it was refused, it is said once.
  const said =
    problem?.code === "cannot_issue" && general.some((one) => problem.message.includes(one.detail));
  const why = said || problem !== null;
  // On a phone the reason stands below what is in sight.
  useEffect(() => {
    if (why) showLine(null);
  }, [why]);
  return (
    <aside className={styles.side} aria-label={quotesText.gross}>
      {(!phone || doc.lines.length > 0) && (
        <TotalsList totals={quote.totals} pieces={piecesOf(quote)} stale={stale} />
      )}
      {(doc.lines.length > 0 || doc.whole) && (
        <WholeLine doc={doc} quote={quote} options={options} change={change} />
      )}
      <Guided step="valid_until" done={doc.validUntil !== null} preset>
        <Suspense fallback={<div style={{ height: 64 }} />}>
          <DayInput
            label={quotesText.validUntil}
            value={doc.validUntil ?? quote.valid_until}
            min={today()}
            onChange={(day) => change({ kind: "validUntil", day })}
          />
        </Suspense>
      </Guided>
      <NotesField notes={doc.notes} snippets={options?.snippets ?? []} change={change} />
      {general.length > 0 && (
        <ul className={styles.problems} aria-label={quotesText.cannotIssue} data-problems tabIndex={-1}>
          {general.slice(0, 5).map((one) => (
            <li key={`${one.code} ${one.line_id}`}>
              <Icon name="warning" size={16} />
              {one.detail}
              {one.line_id !== null && (
                <Button look="text" small onClick={() => showLine(one.line_id ?? "")}>
                  {quotesText.goProblem}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!stale && ask}
      {problem && !said && (
        <div data-problems tabIndex={-1}>
          <ProblemNote problem={refusedWaiting(quote, problem)} />
        </div>
      )}
      <SealNote />
      {!online && !phone && <p role="status">{quotesText.issueOffline}</p>}
      {!phone && (
        <Button
          look={gaveBack(quote, me) || (ask && refusedAsItIs(quote)) ? "plain" : "primary"}
          block
          busy={busy}
          disabled={!ready}
          onClick={onIssue}
        >
          {quotesText.issue}
        </Button>
      )}
    </aside>
  );
}
