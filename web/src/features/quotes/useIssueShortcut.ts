import { useKeys } from "../../parts/useKeys";
import { QUOTE_KEYS } from "./quoteKeys";
import { showLine } from "./showLine";

/** Issues on Ctrl-Enter (⌘-Enter), wherever the hands are; what still hinders is shown instead. */
export function useIssueShortcut(ready: boolean, issue: () => void, hindering: string | null) {
  const press = (event: KeyboardEvent): "left" | undefined => {
    // What lies over the page has keys of its own.
    if (event.repeat || document.querySelector('[role="dialog"]')) return "left";
    if (ready) issue();
    else showLine(hindering);
  };
  // Before the fields, to which Enter means the next cell.
  useKeys(QUOTE_KEYS, { issue: press }, { first: true });
}
