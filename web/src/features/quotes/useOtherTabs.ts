import { useEffect, useState } from "react";
import { hearTabs, THIS_TAB, tellTabs } from "../../parts/tabs";

/**
 * Whether other tabs of this browser have the same draft open. `version` is what this one last saved or saw; `onNewer`
 * is called when another tab saved a newer one.
 */
export function useOtherTabs(quote: number, version: number, onNewer: (version: number) => void): boolean {
  const [others, setOthers] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const here = () => tellTabs({ kind: "here", tab: THIS_TAB, quote });
    const deaf = hearTabs((word) => {
      if (word.kind === "who") here();
      if (word.kind === "saved" && word.quote === quote) onNewer(word.version);
      if (word.kind !== "here" && word.kind !== "gone") return;
      const same = word.kind === "here" && word.quote === quote;
      setOthers((known) => {
        if (known.has(word.tab) === same) return known;
        const next = new Set(known);
        if (same) next.add(word.tab);
        else next.delete(word.tab);
        return next;
      });
    });
    here();
    tellTabs({ kind: "who" });
    const gone = () => tellTabs({ kind: "gone", tab: THIS_TAB, quote });
    window.addEventListener("pagehide", gone);
    return () => {
      window.removeEventListener("pagehide", gone);
      gone();
      deaf();
    };
  }, [quote, onNewer]);
  useEffect(() => {
    tellTabs({ kind: "saved", tab: THIS_TAB, quote, version });
  }, [quote, version]);
  return others.size > 0;
}
