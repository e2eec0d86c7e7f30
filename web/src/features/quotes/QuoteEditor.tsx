import { useState } from "react";
import { conflictOf } from "../../api/problem";
import type { PricedLine, Quote } from "../../api/types";
import { useActivity } from "../../parts/activity";
import { ConflictSheet } from "../../parts/ConflictSheet";
import { formatMoney } from "../../parts/format";
import { useOnline } from "../../parts/OfflineBar";
import { Page } from "../../parts/Page";
import { TraceSheet } from "../../parts/TraceSheet";
import { toast } from "../../parts/toast";
import { useIsPhone } from "../../parts/useIsPhone";
import { quotesText } from "../../text/quotes";
import { DraftCustomer } from "./DraftCustomer";
import { DraftMenu } from "./DraftMenu";
import { isCurrent } from "./draftModel";
import { GuideBar, Guided } from "./Guided";
import { guidedLines } from "./guidedLines";
import { LineGrid } from "./LineGrid";
import { MovedNote } from "./MovedNote";
import { PhoneIssueBar } from "./PhoneIssueBar";
import { PhoneLines } from "./PhoneLines";
import { PriceChangedSheet } from "./PriceChangedSheet";
import styles from "./QuoteEditor.module.css";
import { QuoteSummary } from "./QuoteSummary";
import { SaveMark } from "./SaveMark";
import { showLine } from "./showLine";
import { useIssue } from "./useIssue";
import { useQuoteDraft } from "./useQuoteDraft";

/** A draft under the hands: customer, lines, totals, and the one button that issues it. */
export function QuoteEditor({ quote: first, onIssued }: { quote: Quote; onIssued: () => void }) {
  const phone = useIsPhone();
  const activity = useActivity(first.id);
  const draft = useQuoteDraft(first);
  const [asked, setAsked] = useState<PricedLine | null>(null);
  const { doc, status, change } = draft;
  const quote = status.quote;
  const issuing = useIssue({
    flush: draft.flush,
    checkpoint: activity.checkpoint,
    onIssued: (issued) => {
      onIssued();
      toast(quotesText.issuedToast(issued.number ?? ""));
    },
  });
  const priced = new Map(quote.lines.map((line) => [line.id, line]));
  const stale =
    doc.lines.length !== quote.lines.length ||
    doc.lines.some((line) => !isCurrent(line, priced.get(line.id)));
  const conflict = status.state === "conflict" && status.problem ? conflictOf<Quote>(status.problem) : null;
  const ready = useOnline() && doc.lines.length > 0 && (stale || quote.can_issue);
  const shared = { doc, quote, change, stale };
  return (
    <Page
      title={quote.number ? quotesText.versioned(quote.number, quote.revision) : quotesText.draftTitle}
      back="/quotes"
      meta={<SaveMark status={status} />}
      actions={<DraftMenu quote={quote} canUndo={draft.canUndo} onUndo={() => change({ kind: "undo" })} />}
      width="list"
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          <MovedNote moved={first.moved} />
          <GuideBar />
          <Guided step="customer" done>
            <DraftCustomer quote={quote} onPick={(customerId) => change({ kind: "customer", customerId })} />
          </Guided>
          <Guided step={guidedLines(doc.lines).step} done={guidedLines(doc.lines).done}>
            {phone ? (
              <PhoneLines {...shared} priced={priced} onWhy={setAsked} />
            ) : (
              <LineGrid {...shared} priced={priced} onWhy={setAsked} />
            )}
          </Guided>
        </div>
        <QuoteSummary
          {...shared}
          ready={ready}
          busy={issuing.busy}
          problem={issuing.problem ?? (status.state === "failed" ? status.problem : null)}
          onIssue={() => issuing.issue()}
        />
      </div>
      {phone && (
        <PhoneIssueBar
          totals={quote.totals}
          count={doc.lines.length}
          problems={stale || doc.lines.length === 0 ? 0 : quote.problems.length}
          stale={stale}
          ready={ready}
          busy={issuing.busy}
          onIssue={() => issuing.issue()}
          onProblems={() => showLine(quote.problems.find((one) => one.line_id !== null)?.line_id ?? null)}
        />
      )}
      <TraceSheet line={asked} onClose={() => setAsked(null)} />
      {issuing.moved && (
        <PriceChangedSheet
          moved={issuing.moved}
          busy={issuing.busy}
          onAgree={() => issuing.issue(issuing.moved ?? undefined)}
          onClose={issuing.dismiss}
        />
      )}
      {conflict && (
        <ConflictSheet
          changedBy={conflict.changedBy}
          rows={[
            {
              label: quotesText.content,
              mine: quotesText.lines(doc.lines.length),
              theirs: quotesText.lines(conflict.current.lines.length),
            },
            {
              label: quotesText.gross,
              mine: formatMoney(quote.totals.net),
              theirs: formatMoney(conflict.current.totals.net),
            },
            { label: quotesText.notes, mine: doc.notes, theirs: conflict.current.notes },
          ]}
          onMine={() => draft.settle(conflict.current, true)}
          onTheirs={() => draft.settle(conflict.current, false)}
        />
      )}
    </Page>
  );
}
