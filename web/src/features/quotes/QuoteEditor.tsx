import { useMemo, useState } from "react";
import { conflictOf } from "../../api/problem";
import type { PricedLine, Quote } from "../../api/types";
import { useActivity } from "../../parts/activity";
import { Button } from "../../parts/Button";
import { useOnline } from "../../parts/OfflineBar";
import { Page } from "../../parts/Page";
import { TraceSheet } from "../../parts/TraceSheet";
import { toast } from "../../parts/toast";
import { useIsPhone } from "../../parts/useIsPhone";
import { agreeingText } from "../../text/agreeing";
import { keptText } from "../../text/kept";
import { quotesText } from "../../text/quotes";
import agreeing from "./Agreeing.module.css";
import { AskButton } from "./AskButton";
import { onlyWaits, whileWaiting } from "./askRead";
import { DraftCustomer } from "./DraftCustomer";
import { DraftMenu } from "./DraftMenu";
import { DraftNotes } from "./DraftNotes";
import { type DraftLine, isCurrent } from "./draftModel";
import { EditedLine } from "./EditedLine";
import { GuideBar, Guided } from "./Guided";
import { guidedLines } from "./guidedLines";
import { IssueQuestions } from "./IssueQuestions";
import { KeptOffer, OtherTabNote } from "./KeptOffer";
import { LineGrid } from "./LineGrid";
import { LockedDraft } from "./LockedDraft";
import { MovedNote } from "./MovedNote";
import { useMoved } from "./movedSince";
import { OptionsCard } from "./OptionsCard";
import { OvertakenDraft } from "./OvertakenDraft";
import { PastedOpen } from "./PastedOpen";
import { PhoneIssueBar } from "./PhoneIssueBar";
import { PhoneLines } from "./PhoneLines";
import { PriceChangedSheet } from "./PriceChangedSheet";
import { PricesBefore } from "./PricesBefore";
import { QuickBar } from "./QuickBar";
import styles from "./QuoteEditor.module.css";
import { QuoteSummary } from "./QuoteSummary";
import { SaveMark } from "./SaveMark";
import { showLine } from "./showLine";
import { TermsCard } from "./TermsCard";
import { useIssue } from "./useIssue";
import { useIssueAsk } from "./useIssueAsk";
import { useIssueShortcut } from "./useIssueShortcut";
import { usePastedOpen } from "./usePastedOpen";
import { useQuoteDraft } from "./useQuoteDraft";

/** A draft under the hands: customer, lines, totals, and the one button that issues it. */
export function QuoteEditor({ quote: first, onIssued }: { quote: Quote; onIssued: () => void }) {
  const phone = useIsPhone();
  const activity = useActivity(first.id);
  const draft = useQuoteDraft(first);
  const [asked, setAsked] = useState<PricedLine | null>(null);
  const [edited, setEdited] = useState<string | "new" | null>(null);
  const { doc, status, change } = draft;
  const quote = useMemo(() => whileWaiting(status.quote), [status.quote]);
  const pasted = usePastedOpen(first.id);
  const issuing = useIssue({
    flush: draft.flush,
    checkpoint: activity.checkpoint,
    onRefused: draft.beside,
    onOver: draft.lock,
    onChanged: draft.overtaken,
    onIssued: (issued) => {
      pasted.change(() => []);
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
  const { moved, onKnown } = useMoved(quote);
  const { issue, issueKnown } = issuing;
  const told = { moved, onKnown, sight: quote, issue: issueKnown };
  const asking = useIssueAsk({ open: pasted.open, lines: doc.lines, ...told });
  useIssueShortcut(ready && !issuing.busy, asking.press, firstProblem);
  const shared = { doc, quote, change, stale };
  const hindered = !stale && (quote.problems.length > 0 || issuing.problem !== null);
  const asks = { quote, flush: draft.flush, onAsked: draft.beside, onEdit: setEdited, first: phone };
  const ask = hindered && quote.askable.length > 0 && <AskButton {...asks} />;
  const lines = { priced, onWhy: setAsked, onEdit: (line: DraftLine) => setEdited(line.id) };
  return (
    <Page
      title={quote.number ? quotesText.versioned(quote.number, quote.revision) : quotesText.draftTitle}
      back="/quotes"
      meta={editable && <SaveMark status={status} />}
      actions={
        <DraftMenu
          quote={quote}
          canUndo={editable && draft.canUndo}
          onUndo={() => change({ kind: "undo" })}
          flush={draft.flush}
        />
      }
      width="list"
    >
      <DraftNotes quote={quote} draft={draft} />
      <KeptOffer
        left={draft.left}
        quote={quote}
        onRestore={editable ? draft.restore : undefined}
        hindered={keptText.cannot}
      />
      {draft.otherTab && <OtherTabNote />}
      {editable ? (
        <div className={styles.columns}>
          <div className={styles.main}>
            <MovedNote told={moved} onKnown={onKnown} />
            {!stale && <PricesBefore quote={quote} />}
            <GuideBar />
            <Guided step="customer" done>
              <DraftCustomer
                quote={quote}
                onPick={(customerId) => change({ kind: "customer", customerId })}
              />
            </Guided>
            <QuickBar doc={doc} change={change} onOpen={pasted.change} />
            <PastedOpen open={pasted.open} customer={doc.customerId} change={change} onOpen={pasted.change} />
            <Guided {...guidedLines(doc.lines)}>
              {phone ? (
                <PhoneLines {...shared} {...lines} problems={quote.problems} subtotals={quote.subtotals} />
              ) : (
                <LineGrid {...shared} {...lines} onOpen={pasted.change} />
              )}
            </Guided>
            <div className={agreeing.more}>
              <Button icon="plus" onClick={() => setEdited("new")}>
                {agreeingText.addOwn}
              </Button>
            </div>
            {(!phone || doc.lines.length > 0 || doc.terms) && <TermsCard doc={doc} change={change} />}
            <div className={agreeing.card}>
              <OptionsCard quote={quote} />
            </div>
          </div>
          <QuoteSummary
            {...shared}
            ready={ready}
            busy={issuing.busy}
            problem={issuing.problem ?? (status.state === "failed" ? status.problem : null)}
            ask={!phone && ask}
            onIssue={asking.press}
          />
        </div>
      ) : (
        <LockedDraft quote={quote} />
      )}
      {phone && editable && (
        <PhoneIssueBar
          quote={quote}
          count={doc.lines.length}
          problems={stale || doc.lines.length === 0 ? 0 : quote.problems.length}
          stale={stale}
          waits={stale ? null : onlyWaits(quote, issuing.problem)}
          ask={ask}
          ready={ready}
          busy={issuing.busy}
          onIssue={asking.press}
          onProblems={() => showLine(firstProblem)}
        />
      )}
      <EditedLine
        includesTax={doc.terms?.includes_tax ?? quote.includes_tax}
        edited={edited}
        doc={doc}
        priced={priced}
        change={change}
        onClose={() => setEdited(null)}
      />
      <IssueQuestions {...{ asking, doc, change, moved }} priced={quote.lines} open={pasted.open} />
      <TraceSheet line={asked} onClose={() => setAsked(null)} />
      {issuing.moved && (
        <PriceChangedSheet
          moved={issuing.moved}
          busy={issuing.busy}
          onAgree={() => issue(quote, issuing.moved ?? undefined)}
          onClose={issuing.dismiss}
        />
      )}
      {conflict && editable && (
        <OvertakenDraft
          current={conflict.current}
          changedBy={conflict.changedBy}
          base={draft.base()}
          mine={doc}
          onSettle={draft.settle}
        />
      )}
    </Page>
  );
}
