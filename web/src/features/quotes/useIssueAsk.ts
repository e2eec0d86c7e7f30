import { useState } from "react";
import type { Repriced } from "../../api/types";
import type { PastedChoice } from "./pastedLines";

interface IssueQuestions {
  /** Pasted lines that are still open. */
  open: PastedChoice[];
  /** What moved since the draft was last saved and nobody has acknowledged. */
  moved: Repriced | null;
  /** It is acknowledged. */
  onKnown: () => void;
  issue: () => void;
}

/** Issuing by button or key: it asks first while pasted lines are open, then once while moved prices were not looked at. */
export function useIssueAsk({ open, moved, onKnown, issue }: IssueQuestions) {
  const [asked, setAsked] = useState<"pasted" | "moved" | null>(null);
  const next = () => {
    if (moved !== null) return setAsked("moved");
    setAsked(null);
    issue();
  };
  return {
    /** Which question is on the screen. */
    asking: (asked === "pasted" && open.length > 0) || (asked === "moved" && moved !== null) ? asked : null,
    press: () => {
      if (open.length > 0) setAsked("pasted");
      else next();
    },
    /** Issues without the open lines. */
    go: next,
    /** Issues at the prices of now. */
    agree: () => {
      setAsked(null);
      onKnown();
      issue();
    },
    stop: () => setAsked(null),
  };
}
