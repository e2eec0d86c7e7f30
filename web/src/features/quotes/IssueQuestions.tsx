import type { ReactNode } from "react";
import type { PricedLine } from "../../api/types";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { quotesText } from "../../text/quotes";
import type { DraftDoc } from "./draftModel";
import { FarAboveNote } from "./FarAboveNote";
import { farAboveOf } from "./farAbove";
import { MovedAskSheet } from "./MovedNote";
import type { Moved } from "./movedSince";
import type { PastedChoice } from "./pastedLines";
import { SplitNote } from "./SplitNote";
import { StillOpenSheet } from "./StillOpenSheet";
import { TwinNote } from "./TwinNote";
import type { useIssueAsk } from "./useIssueAsk";
import type { ChangeDraft } from "./useQuoteDraft";

interface IssueQuestionsProps {
  asking: ReturnType<typeof useIssueAsk>;
  doc: DraftDoc;
  change: ChangeDraft;
  /** What is in sight of the lines. */
  priced: readonly PricedLine[];
  open: PastedChoice[];
  moved: Moved | null;
}

/** What is asked between the button and the issue, one question at a time. */
export function IssueQuestions({ asking, doc, change, priced, open, moved }: IssueQuestionsProps) {
  switch (asking.asking) {
    case "pasted":
      return <StillOpenSheet open={open} onIssue={asking.go} onClose={asking.stop} />;
    case "twins":
      return (
        <Doubt title={quotesText.twinsTitle} issue={quotesText.twinsIssue} asking={asking}>
          <TwinNote doc={doc} change={change} />
        </Doubt>
      );
    case "split":
      return (
        <Doubt title={quotesText.splitTitle} issue={quotesText.splitIssue} asking={asking}>
          <SplitNote doc={doc} />
        </Doubt>
      );
    case "above":
      return (
        <Doubt title={quotesText.farAboveTitle} issue={quotesText.farAboveIssue} asking={asking}>
          <FarAboveNote found={farAboveOf(doc.lines, priced)} />
        </Doubt>
      );
    case "moved":
      return moved && <MovedAskSheet moved={moved} onIssue={asking.agree} onClose={asking.stop} />;
    default:
      return null;
  }
}

interface DoubtProps {
  title: string;
  /** The word of the button that issues all the same. */
  issue: string;
  asking: IssueQuestionsProps["asking"];
  children: ReactNode;
}

/** Something in the draft that is rarely meant: look again, or issue as it stands. */
function Doubt({ title, issue, asking, children }: DoubtProps) {
  return (
    <Sheet
      open
      onClose={asking.stop}
      title={title}
      footer={
        <SheetActs onClose={asking.stop} out={quotesText.reviewAgain} onClick={asking.go}>
          {issue}
        </SheetActs>
      }
    >
      {children}
    </Sheet>
  );
}
