import type { KeyTable } from "../parts/keys";
import { keysText } from "../text/keys";

/** What works on every page of a signed-in person. */
export const GLOBAL_KEYS = {
  title: keysText.global,
  rows: {
    command: { chords: [{ key: "k", ctrl: true }], does: keysText.command },
    // On a Chinese keyboard the same key gives the full-width mark.
    map: { chords: [{ key: "?" }, { key: "\uff1f" }], shown: "?", does: keysText.map },
  },
} as const satisfies KeyTable;
