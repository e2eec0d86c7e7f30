import type { Repriced } from "../../api/types";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { quotesText } from "../../text/quotes";
import type { DraftDoc } from "./draftModel";
import { MovedAskSheet } from "./MovedNote";
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
  open: PastedChoice[];
  moved: Repriced | null;
}

/** What is asked between the button and the issue, one question at a time. */
export function IssueQuestions({ asking, doc, change, open, moved }: IssueQuestionsProps) {
  switch (asking.asking) {
    case "pasted":
      return <StillOpenSheet open={open} onIssue={asking.go} onClose={asking.stop} />;
    case "twins":
      return (
        <Sheet
          open
          onClose={asking.stop}
          title={quotesText.twinsTitle}
          footer={
            <SheetActs onClose={asking.stop} out={quotesText.reviewAgain} onClick={asking.go}>
              {quotesText.twinsIssue}
            </SheetActs>
          }
        >
          <TwinNote doc={doc} change={change} />
        </Sheet>
      );
    case "split":
      return (
        <Sheet
          open
          onClose={asking.stop}
          title={quotesText.splitTitle}
          footer={
            <SheetActs onClose={asking.stop} out={quotesText.reviewAgain} onClick={asking.go}>
              {quotesText.splitIssue}
            </SheetActs>
          }
        >
          <SplitNote doc={doc} />
        </Sheet>
      );
    case "moved":
      return moved && <MovedAskSheet moved={moved} onIssue={asking.agree} onClose={asking.stop} />;
    default:
      return null;
  }
}
