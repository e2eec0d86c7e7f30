import { useState } from "react";
import type { Quote } from "../../api/types";
import type { DraftLine } from "./draftModel";
import { farAboveOf } from "./farAbove";
import type { Moved } from "./movedSince";
import type { PastedChoice } from "./pastedLines";
import { splitOf } from "./split";
import { twinsOf } from "./twins";

interface IssueQuestions {
  /** Pasted lines that are still open. */
  open: PastedChoice[];
  /** The lines of the draft. */
  lines: readonly DraftLine[];
  /** What moved before the draft was opened and nobody has acknowledged, counted from the draft in sight. */
  moved: Moved | null;
  /** It is acknowledged. */
  onKnown: () => void;
  /** The draft as the screen shows it. */
  sight: Quote;
  /** Issues what was in sight at the press, whatever the questions took; with what was agreed to of `moved`. */
  issue: (sight: Quote, agreed?: Moved) => void;
}

/** The questions in their order. */
const QUESTIONS = ["pasted", "twins", "split", "above", "moved"] as const;
type Question = (typeof QUESTIONS)[number];

/**
 * Issuing by button or key: it asks first while pasted lines are open, a product stands twice, half a pail is asked or a price
 * by hand lies far above that of the rules, then once while moved prices were not looked at.
 */
export function useIssueAsk({ open, lines, moved, onKnown, sight, issue }: IssueQuestions) {
  const [pressed, setPressed] = useState(sight);
  const [asked, setAsked] = useState<Question | null>(null);
  const due = {
    pasted: open.length > 0,
    twins: twinsOf(lines).length > 0,
    split: splitOf(lines).length > 0,
    above: farAboveOf(lines, sight.lines).length > 0,
    moved: moved !== null,
  };
  /** Asks the first question from this place on that is due; with none left it issues. */
  const from = (place: number, seen: Quote) => {
    const next = QUESTIONS.slice(place).find((question) => due[question]) ?? null;
    setAsked(next);
    if (next === null) issue(seen);
  };
  // What was asked about is settled: it does not come up by itself when there is such a thing again.
  if (asked !== null && !due[asked]) setAsked(null);
  return {
    /** Which question is on the screen. */
    asking: asked !== null && due[asked] ? asked : null,
    press: () => {
      setPressed(sight);
      from(0, sight);
    },
    /** Goes on with the lines as they are: without the open ones, with the product twice, with the half pail, at the high price. */
    go: () => from(asked === null ? 0 : QUESTIONS.indexOf(asked) + 1, pressed),
    /** Issues at the prices of now: at what the question showed, which goes along with the draft while it is open. */
    agree: () => {
      setAsked(null);
      onKnown();
      issue(sight, moved ?? undefined);
    },
    stop: () => setAsked(null),
  };
}
