import type { HistoryLocation, RouterHistory } from "@tanstack/react-router";
import { useEffect } from "react";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** How many entries in a row, this one the last, only lie over the page so that back has something to take. */
    over?: number;
  }
}

interface Ground {
  history: RouterHistory;
  /** The index of the entry at which the browser really stands: elsewhere while a step back waits for an answer. */
  standsAt: () => number | undefined;
  /** Adds an entry of the very same page, marked with `over`. */
  lay: (over: number) => void;
}

let ground = () => {};

const indexOf = (location: HistoryLocation) => location.state.__TSR_index;

/** Whether there is a page of this app to go back to: entries that only lie over this one are none. */
export const beneath = ({ state }: HistoryLocation) => state.__TSR_index > (state.over ?? 0);

/**
 * After a full load nothing of this document lies beneath its first entry: back would leave the page and not what lies
 * over it. What opens over the page therefore lays one more entry of the same page; back from it, when nothing is open
 * any more, goes on to where it would have gone.
 */
export function layGround({ history, standsAt, lay }: Ground) {
  const first = indexOf(history.location);
  let here = history.location;
  ground = () => {
    const at = indexOf(history.location);
    if (at <= first && standsAt() === at) lay((history.location.state.over ?? 0) + 1);
  };
  return history.subscribe(({ location, action }) => {
    const left = here;
    here = location;
    if (action.type === "BACK" && left.state.over && indexOf(location) < indexOf(left)) history.back();
  });
}

/** While something is open over the page, back has an entry of this document to take. */
export function useGround(open: boolean) {
  useEffect(() => {
    if (open) ground();
  }, [open]);
}
