import { pressed } from "../../../parts/keys";
import { FIRST_EDITABLE } from "./cells";
import { PRICE_KEYS } from "./priceKeys";
import {
  asColumns,
  asRows,
  at,
  type Extent,
  everything,
  isSingle,
  moved,
  type Place,
  type Selection,
  stepped,
} from "./range";

/** What of a key press matters here. */
export interface Key {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const ARROWS: Record<string, Place> = {
  ArrowUp: { row: -1, col: 0 },
  ArrowDown: { row: 1, col: 0 },
  ArrowLeft: { row: 0, col: -1 },
  ArrowRight: { row: 0, col: 1 },
};

const command = (key: Key) => key.ctrlKey || key.metaKey;

let escaped = false;

/**
 * Where keys lead that take what is typed and go on (Enter, Tab, arrows while typing); null for all others.
 * After Esc, Tab leaves the grid: nobody is caught in it.
 */
export function stepAfter(
  key: Key,
  typing: { caret: boolean } | null,
  selection: Selection,
  extent: Extent,
): Selection | null {
  if (key.key === "Tab") {
    const leaves = escaped;
    escaped = false;
    return leaves ? null : stepped(selection, key.shiftKey ? -1 : 1, extent, FIRST_EDITABLE);
  }
  if (key.key !== "Shift") escaped = key.key === "Escape" && typing === null;
  if (typing === null) {
    const up = key.key === "Enter" && key.shiftKey;
    return up ? moved(selection, { row: -1, col: 0 }, extent, false) : null;
  }
  if (key.key === "Enter" && !key.altKey)
    return moved(selection, { row: key.shiftKey ? -1 : 1, col: 0 }, extent, false);
  const arrow = ARROWS[key.key];
  return arrow && !typing.caret && !key.shiftKey ? moved(selection, arrow, extent, false) : null;
}

/** The selection after a key that moves or selects; null for other keys. */
export function selectionAfter(
  key: Key,
  selection: Selection,
  extent: Extent,
  page: number,
): Selection | null {
  const arrow = ARROWS[key.key];
  const far = command(key);
  if (arrow) {
    const by = far ? { row: arrow.row * extent.rows, col: arrow.col * extent.cols } : arrow;
    return moved(selection, by, extent, key.shiftKey);
  }
  if (key.key === "PageDown" || key.key === "PageUp")
    return moved(selection, { row: key.key === "PageDown" ? page : -page, col: 0 }, extent, key.shiftKey);
  if (key.key === "Home" || key.key === "End") {
    const sign = key.key === "Home" ? -1 : 1;
    const by = { row: far ? sign * extent.rows : 0, col: far ? 0 : sign * extent.cols };
    return moved(selection, by, extent, key.shiftKey);
  }
  if (key.key === " " && key.shiftKey) return asRows(selection, extent);
  if (key.key === " " && far) return asColumns(selection, extent);
  if (key.key.toLowerCase() === "a" && far) return everything(selection, extent);
  if (key.key === "Escape" && !isSingle(selection)) return at(selection.active.row, selection.active.col);
  return null;
}

export type Command =
  | "enter"
  | "open"
  | "edit"
  | "fill"
  | "erase"
  | "bulk"
  | "undo"
  | "redo"
  | "find"
  | "help";

/** What of the table is a command, and not a way over the cells. */
const COMMANDS = {
  next: "enter",
  open: "open",
  edit: "edit",
  fill: "fill",
  erase: "erase",
  bulk: "bulk",
  undo: "undo",
  redo: "redo",
  find: "find",
  help: "help",
} as const satisfies Partial<Record<keyof typeof PRICE_KEYS.rows, Command>>;

/** What else a key asks for. */
export function commandOf(key: Key): Command | null {
  const name = pressed(PRICE_KEYS, key);
  return name !== null && name in COMMANDS ? COMMANDS[name as keyof typeof COMMANDS] : null;
}
