import { useEffect, useId, useSyncExternalStore } from "react";

/** What lies over the page, the topmost last. */
let open: string[] = [];
const listeners = new Set<() => void>();

function change(next: string[]) {
  open = next;
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** Whether this is the topmost of what lies open over the page: the back button and Escape close that one alone. */
export function useTopmost(opened: boolean): boolean {
  const id = useId();
  useEffect(() => {
    if (!opened) return;
    change([...open, id]);
    return () => change(open.filter((one) => one !== id));
  }, [opened, id]);
  const top = useSyncExternalStore(subscribe, () => open[open.length - 1]);
  return opened && top === id;
}
