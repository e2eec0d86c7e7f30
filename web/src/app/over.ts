import { useSyncExternalStore } from "react";
import { Listeners } from "../parts/Listeners";

/** What of the frame may lie over the page. */
export type Over = "command" | "keys" | "plus" | null;

let over: Over = null;
const listeners = new Listeners();

/** Lays the command bar, the keyboard map or the sheet of the plus over the page, from wherever it is asked for; null takes it away. */
export function layOver(next: Over) {
  over = next;
  listeners.tell();
}

/** What lies over the page now. */
export const useOver = () => useSyncExternalStore(listeners.subscribe, () => over);

/** The same key lays it over and takes it away. */
export function turnOver(which: Exclude<Over, null>): undefined {
  layOver(over === which ? null : which);
}
