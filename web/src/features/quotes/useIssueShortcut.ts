import { useEffect, useRef } from "react";
import { showLine } from "./showLine";

/** Issues on Ctrl-Enter (⌘-Enter), wherever the hands are; what still hinders is shown instead. */
export function useIssueShortcut(ready: boolean, issue: () => void, hindering: string | null) {
  const newest = useRef({ ready, issue, hindering });
  newest.current = { ready, issue, hindering };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      // What lies over the page has keys of its own.
      if (event.repeat || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      event.stopPropagation();
      const { ready, issue, hindering } = newest.current;
      if (ready) issue();
      else showLine(hindering);
    };
    // Before the fields, to which Enter means the next cell.
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, []);
}
