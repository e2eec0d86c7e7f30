import { useCallback, useEffect, useRef, useState } from "react";
import type { Quote } from "../../api/types";
import { serverNow } from "../../parts/format";
import { dropKept, forgetOthers, keptOfQuote, leftBehind, putBack } from "../../parts/kept";
import { THIS_TAB, typingTabs } from "../../parts/tabs";
import { type KeptDraft, whatToDo } from "./keptDoc";

export interface LeftBehind {
  /** The newest content of tabs that were closed before it was saved; it waits for a person to decide. */
  kept: KeptDraft | null;
  /** How many more there are. */
  more: number;
  /** Puts it away; what is returned brings it back. */
  drop: () => () => void;
}

/**
 * What this person typed into this quotation on this device and the server never got. `onOwn` is given what this very
 * page kept: the tab was never closed, so nobody needs to be asked.
 */
export function useLeftBehind(
  person: number,
  quote: Quote,
  onOwn: (kept: KeptDraft) => void = () => {},
): LeftBehind {
  const [left, setLeft] = useState<KeptDraft[]>([]);
  const first = useRef({ quote, onOwn });
  first.current = { quote, onOwn };
  const editable = quote.actions.includes("edit");
  useEffect(() => {
    let gone = false;
    const look = async () => {
      await forgetOthers(person);
      const all = await keptOfQuote<KeptDraft["content"]>(person, first.current.quote.id);
      const done = all.filter((kept) => whatToDo(kept, first.current.quote) === "nothing");
      for (const kept of done) void dropKept(kept);
      const open = all.filter((kept) => !done.includes(kept));
      // Where nothing can be typed, what this very page kept waits like the rest until somebody decides.
      const own = editable ? open.find((kept) => kept.tab === THIS_TAB) : undefined;
      if (own && !gone) first.current.onOwn(own);
      const waiting = open.filter((kept) => kept !== own);
      if (waiting.length === 0) return gone ? undefined : setLeft([]);
      const typing = new Set([...(editable ? [THIS_TAB] : []), ...(await typingTabs()).keys()]);
      if (!editable) typing.delete(THIS_TAB);
      if (!gone) setLeft(leftBehind(open, person, typing, serverNow()));
    };
    void look();
    return () => {
      gone = true;
    };
  }, [person, editable]);
  const kept = left[0] ?? null;
  const drop = useCallback(() => {
    if (kept) void dropKept(kept);
    setLeft((all) => all.filter((one) => one !== kept));
    return () => {
      if (!kept) return;
      void putBack(kept);
      setLeft((all) => [kept, ...all]);
    };
  }, [kept]);
  return { kept, more: Math.max(0, left.length - 1), drop };
}
