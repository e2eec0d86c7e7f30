import { useEffect, useId, useSyncExternalStore } from "react";
import { Listeners } from "./Listeners";

/** What lies over the page, the topmost last. */
let open: string[] = [];
const listeners = new Listeners();

function change(next: string[]) {
  open = next;
  listeners.tell();
}

/** Whether this is the topmost of what lies open over the page: the back button and Escape close that one alone. */
export function useTopmost(opened: boolean): boolean {
  const id = useId();
  useEffect(() => {
    if (!opened) return;
    change([...open, id]);
    return () => change(open.filter((one) => one !== id));
  }, [opened, id]);
  const top = useSyncExternalStore(listeners.subscribe, () => open[open.length - 1]);
  return opened && top === id;
}
