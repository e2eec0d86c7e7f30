import { useState } from "react";
import type { PastedChoice } from "./pastedLines";

/** Issuing by button or key: while pasted lines are open it asks first, naming them. */
export function useIssueAsk(open: PastedChoice[], issue: () => void) {
  const [asked, setAsked] = useState(false);
  return {
    /** Whether the question is on the screen. */
    asking: asked && open.length > 0,
    press: () => {
      if (open.length > 0) setAsked(true);
      else issue();
    },
    /** Issues without the open lines. */
    go: () => {
      setAsked(false);
      issue();
    },
    stop: () => setAsked(false),
  };
}
