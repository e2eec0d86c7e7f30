import { useState } from "react";
import type { Repriced } from "../../api/types";
import type { PastedChoice } from "./pastedLines";
import type { Twins } from "./twins";

interface IssueQuestions {
  /** Pasted lines that are still open. */
  open: PastedChoice[];
  /** Lines of one product that could be one. */
  twins: Twins[];
  /** What moved since the draft was last saved and nobody has acknowledged. */
  moved: Repriced | null;
  /** It is acknowledged. */
  onKnown: () => void;
  issue: () => void;
}

/** The questions in their order. */
const QUESTIONS = ["pasted", "twins", "moved"] as const;
type Question = (typeof QUESTIONS)[number];

/**
 * Issuing by button or key: it asks first while pasted lines are open or a product stands twice, then once while moved
 * prices were not looked at.
 */
export function useIssueAsk({ open, twins, moved, onKnown, issue }: IssueQuestions) {
  const [asked, setAsked] = useState<Question | null>(null);
  const due = { pasted: open.length > 0, twins: twins.length > 0, moved: moved !== null };
  /** Asks the first question from this place on that is due; with none left it issues. */
  const from = (place: number) => {
    const next = QUESTIONS.slice(place).find((question) => due[question]) ?? null;
    setAsked(next);
    if (next === null) issue();
  };
  // What was asked about is settled: it does not come up by itself when there is such a thing again.
  if (asked !== null && !due[asked]) setAsked(null);
  return {
    /** Which question is on the screen. */
    asking: asked !== null && due[asked] ? asked : null,
    press: () => from(0),
    /** Goes on with the lines as they are: without the open ones, with the product twice. */
    go: () => from(asked === null ? 0 : QUESTIONS.indexOf(asked) + 1),
    /** Issues at the prices of now. */
    agree: () => {
      setAsked(null);
      onKnown();
      issue();
    },
    stop: () => setAsked(null),
  };
}
