import { randomKey } from "../api/ids";

/** What the tabs of one browser tell each other. */
export type TabWord =
  /** The person signed out: no tab may go on showing what was his. */
  | { kind: "signed_out" }
  /** Which tabs are typing into a draft? */
  | { kind: "who" }
  /** This one is, into that quotation. */
  | { kind: "here"; tab: string; quote: number }
  /** This one no longer is. */
  | { kind: "gone"; tab: string; quote: number }
  /** The server has a newer version of that quotation, saved by this tab. */
  | { kind: "saved"; tab: string; quote: number; version: number }
  /** The tab that listens to the server for all of them passes on what it heard. */
  | { kind: "hint"; hint: Hint };

/** Which record to look at again, and whether the bell may have changed. */
export interface Hint {
  entity: string;
  id: number;
  bell: boolean;
}

/** This page as it was loaded now; after a reload it is another. */
export const THIS_TAB = randomKey();

const ANSWER_WITHIN_MS = 150;

let channel: BroadcastChannel | null | undefined;

/** Old browsers have no such channel: each tab is then alone, and the server still refuses what is outdated. */
function open(): BroadcastChannel | null {
  if (channel === undefined) {
    channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("huxi");
  }
  return channel;
}

export const tellTabs = (word: TabWord) => open()?.postMessage(word);

/** Hears the other tabs until the returned function is called. */
export function hearTabs(hear: (word: TabWord) => unknown): () => void {
  const heard = (event: MessageEvent<TabWord>) => hear(event.data);
  open()?.addEventListener("message", heard);
  return () => open()?.removeEventListener("message", heard);
}

/** The other tabs that are typing into a draft now, with its quotation. */
export async function typingTabs(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const deaf = hearTabs((word) => {
    if (word.kind === "here") found.set(word.tab, word.quote);
  });
  tellTabs({ kind: "who" });
  await new Promise((done) => setTimeout(done, ANSWER_WITHIN_MS));
  deaf();
  return found;
}
