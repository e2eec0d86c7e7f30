import { useState } from "react";
import { conflictOf } from "../../api/problem";
import type { PricedLine, Quote } from "../../api/types";
import { useActivity } from "../../parts/activity";
import { Button } from "../../parts/Button";
import { ConflictSheet } from "../../parts/ConflictSheet";
import { useOnline } from "../../parts/OfflineBar";
import { Page } from "../../parts/Page";
import { TraceSheet } from "../../parts/TraceSheet";
import { toast } from "../../parts/toast";
import { useIsPhone } from "../../parts/useIsPhone";
import { agreeingText } from "../../text/agreeing";
import { keptText } from "../../text/kept";
import { quotesText } from "../../text/quotes";
import agreeing from "./Agreeing.module.css";
import { DraftCustomer } from "./DraftCustomer";
import { DraftMenu } from "./DraftMenu";
import { differencesOf, mixed } from "./draftConflict";
import { type DraftLine, docOf, isCurrent } from "./draftModel";
import { EditedLine } from "./EditedLine";
import { GuideBar, Guided } from "./Guided";
import { guidedLines } from "./guidedLines";
import { Hands } from "./Hands";
import { KeptOffer, OtherTabNote } from "./KeptOffer";
import { LineGrid } from "./LineGrid";
import { MovedNote } from "./MovedNote";
import { OptionsCard } from "./OptionsCard";
import { PhoneIssueBar } from "./PhoneIssueBar";
import { PhoneLines } from "./PhoneLines";
import { PriceChangedSheet } from "./PriceChangedSheet";
import { QuickBar } from "./QuickBar";
import styles from "./QuoteEditor.module.css";
import { QuoteSummary } from "./QuoteSummary";
import { SaveMark } from "./SaveMark";
import { showLine } from "./showLine";
import { TermsCard } from "./TermsCard";
import { useIssue } from "./useIssue";
import { useIssueShortcut } from "./useIssueShortcut";
import { useQuoteDraft } from "./useQuoteDraft";

/** A draft under the hands: customer, lines, totals, and the one button that issues it. */
export function QuoteEditor({ quote: first, onIssued }: { quote: Quote; onIssued: () => void }) {
  const phone = useIsPhone();
  const activity = useActivity(first.id);
  const draft = useQuoteDraft(first);
  const [asked, setAsked] = useState<PricedLine | null>(null);
  const [edited, setEdited] = useState<string | "new" | null>(null);
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
  const editable = quote.actions.includes("edit");
  const ready = useOnline() && editable && doc.lines.length > 0 && (stale || quote.can_issue);
  const firstProblem = quote.problems.find((one) => one.line_id !== null)?.line_id ?? null;
  useIssueShortcut(ready && !issuing.busy, () => issuing.issue(), firstProblem);
  const shared = { doc, quote, change, stale };
  const lines = { priced, onWhy: setAsked, onEdit: (line: DraftLine) => setEdited(line.id) };
  return (
    <Page
      title={quote.number ? quotesText.versioned(quote.number, quote.revision) : quotesText.draftTitle}
      back="/quotes"
      meta={<SaveMark status={status} />}
      actions={
        <DraftMenu
          quote={quote}
          canUndo={draft.canUndo}
          onUndo={() => change({ kind: "undo" })}
          flush={draft.flush}
        />
      }
      width="list"
    >
      <Hands quote={quote} onTaken={(taken) => draft.settle(taken, docOf(taken))} />
      <KeptOffer
        left={draft.left}
        quote={quote}
        onRestore={editable ? draft.restore : undefined}
        hindered={keptText.cannot}
      />
      {draft.otherTab && <OtherTabNote />}
      <fieldset className={agreeing.still} disabled={!editable}>
        <div className={styles.columns}>
          <div className={styles.main}>
            <MovedNote moved={first.moved} />
            <GuideBar />
            <Guided step="customer" done>
              <DraftCustomer
                quote={quote}
                onPick={(customerId) => change({ kind: "customer", customerId })}
              />
            </Guided>
            <QuickBar doc={doc} change={change} />
            <Guided step={guidedLines(doc.lines).step} done={guidedLines(doc.lines).done}>
              {phone ? (
                <PhoneLines {...shared} {...lines} subtotals={quote.subtotals} />
              ) : (
                <LineGrid {...shared} {...lines} />
              )}
            </Guided>
            <div className={agreeing.more}>
              <Button icon="plus" onClick={() => setEdited("new")}>
                {agreeingText.addOwn}
              </Button>
            </div>
            <TermsCard doc={doc} change={change} />
            <div className={agreeing.card}>
              <OptionsCard quote={quote} />
            </div>
          </div>
          <QuoteSummary
            {...shared}
            ready={ready}
            busy={issuing.busy}
            problem={issuing.problem ?? (status.state === "failed" ? status.problem : null)}
            onIssue={() => issuing.issue()}
          />
        </div>
      </fieldset>
      {phone && (
        <PhoneIssueBar
          totals={quote.totals}
          count={doc.lines.length}
          problems={stale || doc.lines.length === 0 ? 0 : quote.problems.length}
          stale={stale}
          ready={ready}
          busy={issuing.busy}
          onIssue={() => issuing.issue()}
          onProblems={() => showLine(firstProblem)}
        />
      )}
      <EditedLine edited={edited} doc={doc} priced={priced} change={change} onClose={() => setEdited(null)} />
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
          rows={differencesOf(doc, docOf(conflict.current))}
          onChoose={(mine) => draft.settle(conflict.current, mixed(doc, docOf(conflict.current), mine))}
          onMine={() => draft.settle(conflict.current, doc)}
          onTheirs={() => draft.settle(conflict.current, docOf(conflict.current))}
        />
      )}
    </Page>
  );
}
