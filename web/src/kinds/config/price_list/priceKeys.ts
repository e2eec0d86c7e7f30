import type { KeyTable } from "../../../parts/keys";
import { pricesText } from "../../../text/prices";

const does = pricesText.keys;

/** Every key of the grid of prices. */
export const PRICE_KEYS = {
  title: pricesText.keysTitle,
  rows: {
    move: {
      chords: [{ key: "ArrowUp" }, { key: "ArrowDown" }, { key: "ArrowLeft" }, { key: "ArrowRight" }],
      does: does.move,
    },
    next: { chords: [{ key: "Enter" }, { key: "Enter", shift: true }], does: does.next },
    cell: { chords: [{ key: "Tab" }, { key: "Tab", shift: true }], does: does.cell },
    type: { chords: [], shown: does.typeShown, does: does.type },
    edit: { chords: [{ key: "F2" }], does: does.edit },
    escape: { chords: [{ key: "Escape" }], does: does.escape },
    extend: {
      chords: [
        { key: "ArrowUp", shift: true },
        { key: "ArrowDown", shift: true },
        { key: "ArrowLeft", shift: true },
        { key: "ArrowRight", shift: true },
      ],
      does: does.extend,
    },
    far: {
      chords: [
        { key: "ArrowUp", ctrl: true },
        { key: "ArrowDown", ctrl: true },
      ],
      does: does.far,
    },
    row: { chords: [{ key: " ", shift: true }], does: does.row },
    column: { chords: [{ key: " ", ctrl: true }], does: does.column },
    all: { chords: [{ key: "a", ctrl: true }], does: does.all },
    // The browser itself copies and pastes, and the grid hears of it.
    copy: { chords: [], shown: "Ctrl+C", does: does.copy },
    paste: { chords: [], shown: "Ctrl+V", does: does.paste },
    fill: { chords: [{ key: "d", ctrl: true }], does: does.fill },
    bulk: { chords: [{ key: "e", ctrl: true }], does: does.bulk },
    erase: { chords: [{ key: "Delete" }], does: does.erase },
    undo: { chords: [{ key: "z", ctrl: true }], does: does.undo },
    redo: {
      chords: [
        { key: "z", ctrl: true, shift: true },
        { key: "y", ctrl: true },
      ],
      does: does.redo,
    },
    open: { chords: [{ key: "Enter", alt: true }], does: does.open },
    find: { chords: [{ key: "f", ctrl: true }], does: does.find },
    ends: { chords: [{ key: "Home" }, { key: "End" }], does: does.ends },
    corners: {
      chords: [
        { key: "Home", ctrl: true },
        { key: "End", ctrl: true },
      ],
      does: does.corners,
    },
    page: { chords: [{ key: "PageUp" }, { key: "PageDown" }], does: does.page },
    help: { chords: [{ key: "?" }, { key: "\uff1f" }], shown: "?", does: does.help },
  },
} as const satisfies KeyTable;
