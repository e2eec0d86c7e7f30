import { useEffect, useRef, useSyncExternalStore } from "react";
import { isTyping, type KeyTable, pressed } from "./keys";
import { Listeners } from "./Listeners";

/** The tables of what is on the screen now, the page's own last. */
let shown: readonly KeyTable[] = [];
const listeners = new Listeners();

function change(next: readonly KeyTable[]) {
  shown = next;
  listeners.tell();
}

/** Says while this stands on the screen that these shortcuts work. */
export function useKeyTable(table: KeyTable | null) {
  useEffect(() => {
    if (table === null) return;
    change([...shown.filter((one) => one !== table), table]);
    return () => change(shown.filter((one) => one !== table));
  }, [table]);
}

/** The shortcuts that work on the page as it is now. */
export const useKeyTables = () => useSyncExternalStore(listeners.subscribe, () => shown);

interface KeyOptions {
  /** Before the fields, to which the same keys mean something else. */
  first?: boolean;
}

/**
 * Acts on the shortcuts of `table` wherever the focus is, but not on letters while somebody types; an act that answers
 * `left` leaves the press to whatever else hears it.
 */
export function useKeys<Name extends string>(
  table: KeyTable<Name>,
  acts: Partial<Record<Name, (event: KeyboardEvent) => "left" | undefined>>,
  { first = false }: KeyOptions = {},
) {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || isTyping(event, event.target)) return;
      const name = pressed(table, event);
      const act = name === null ? undefined : latest.current[name];
      if (!act || act(event) === "left") return;
      event.preventDefault();
      if (first) event.stopPropagation();
    };
    window.addEventListener("keydown", press, { capture: first });
    return () => window.removeEventListener("keydown", press, { capture: first });
  }, [table, first]);
}
