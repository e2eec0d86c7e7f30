import type { KeyTable } from "../../parts/keys";
import { quotesText } from "../../text/quotes";

const does = quotesText.keys;

/** What works in a draft of a quotation on a wide screen. */
export const QUOTE_KEYS = {
  title: quotesText.keysTitle,
  rows: {
    next: { chords: [{ key: "Enter" }], does: does.next },
    move: { chords: [{ key: "ArrowUp" }, { key: "ArrowDown" }], does: does.move },
    remove: {
      chords: [
        { key: "Delete", ctrl: true },
        { key: "Backspace", ctrl: true },
      ],
      does: does.remove,
    },
    undo: { chords: [{ key: "z", ctrl: true }], does: does.undo },
    redo: { chords: [{ key: "z", ctrl: true, shift: true }], does: does.redo },
    // The browser itself pastes, and the grid hears of it.
    paste: { chords: [], shown: "Ctrl+V", does: does.paste },
    issue: { chords: [{ key: "Enter", ctrl: true }], does: does.issue },
  },
} as const satisfies KeyTable;
