import { useEffect, useState } from "react";

/** A bar that slides in has arrived by then. */
const SETTLED_MS = 220;

/** How many pixels at the foot of the screen belong to the thumb: what is marked `data-foot` and reaches down there. */
export function footHeight(): number {
  const screen = window.innerHeight;
  const bars = [...document.querySelectorAll("[data-foot]")].map((bar) => bar.getBoundingClientRect());
  // From below upwards: a bar that stands on another counts with it.
  bars.sort((one, other) => other.bottom - one.bottom);
  let top = screen;
  for (const bar of bars) if (bar.height > 0 && bar.bottom >= top - 1) top = Math.min(top, bar.top);
  return screen - top;
}

/** The same, looked at again whenever `what` changes. */
export function useFoot(what: unknown): number {
  const [height, setHeight] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew whenever `what` is another
  useEffect(() => {
    const look = () => setHeight(footHeight());
    look();
    const settled = setTimeout(look, SETTLED_MS);
    return () => clearTimeout(settled);
  }, [what]);
  return height;
}
