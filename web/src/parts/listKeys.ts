import { keysText } from "../text/keys";
import type { KeyTable } from "./keys";

/** How choices that open below a field are walked through. */
export const LIST_KEYS = {
  title: keysText.lists,
  rows: {
    down: { chords: [{ key: "ArrowDown" }], does: keysText.down },
    up: { chords: [{ key: "ArrowUp" }], does: keysText.up },
    pick: { chords: [{ key: "Enter" }], does: keysText.pick },
    close: { chords: [{ key: "Escape" }], does: keysText.close },
  },
} as const satisfies KeyTable;
