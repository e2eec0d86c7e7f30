import { expect, it } from "vitest";
import { commandOf, type Key, selectionAfter, stepAfter } from "./gridKeys";
import { at, everything, moved, rectOf, stepped, within } from "./range";

const EXTENT = { rows: 100, cols: 10 };
const key = (name: string, held: Partial<Key> = {}): Key => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

it("moves the cursor and stays inside", () => {
  expect(moved(at(0, 0), { row: -1, col: -1 }, EXTENT, false)).toEqual(at(0, 0));
  expect(moved(at(99, 9), { row: 1, col: 1 }, EXTENT, false)).toEqual(at(99, 9));
});

it("grows the selection with Shift while the cell that is typed into stays", () => {
  let selection = at(5, 5);
  for (const name of ["ArrowDown", "ArrowDown", "ArrowLeft"])
    selection = selectionAfter(key(name, { shiftKey: true }), selection, EXTENT, 20) ?? selection;
  expect(rectOf(selection)).toEqual({ top: 5, bottom: 7, left: 4, right: 5 });
  expect(selection.active).toEqual({ row: 5, col: 5 });
});

it("selects to the end, rows, columns and everything", () => {
  const far = selectionAfter(key("ArrowDown", { shiftKey: true, ctrlKey: true }), at(3, 5), EXTENT, 20);
  expect(far && rectOf(far)).toEqual({ top: 3, bottom: 99, left: 5, right: 5 });
  const row = selectionAfter(key(" ", { shiftKey: true }), at(3, 5), EXTENT, 20);
  expect(row && rectOf(row)).toEqual({ top: 3, bottom: 3, left: 0, right: 9 });
  const all = selectionAfter(key("a", { metaKey: true }), at(3, 5), EXTENT, 20);
  expect(all && rectOf(all)).toEqual({ top: 0, bottom: 99, left: 0, right: 9 });
  expect(everything(at(3, 5), EXTENT).active).toEqual({ row: 3, col: 5 });
});

it("goes on over the end of a row with Tab, and back", () => {
  expect(stepped(at(3, 9), 1, EXTENT, 5)).toEqual(at(4, 5));
  expect(stepped(at(4, 5), -1, EXTENT, 5)).toEqual(at(3, 9));
  expect(stepped(at(4, 2), 1, EXTENT, 5)).toEqual(at(4, 3));
});

it("lets Tab leave the grid after Esc, and catches nobody", () => {
  expect(stepAfter(key("Tab"), null, at(3, 5), EXTENT)).toEqual(at(3, 6));
  expect(stepAfter(key("Escape"), null, at(3, 5), EXTENT)).toBeNull();
  expect(stepAfter(key("Tab"), null, at(3, 5), EXTENT)).toBeNull();
  expect(stepAfter(key("Tab"), null, at(3, 5), EXTENT)).toEqual(at(3, 6));
});

it("takes what is typed with arrows, but moves in the text after F2", () => {
  expect(stepAfter(key("ArrowDown"), { caret: false }, at(3, 5), EXTENT)).toEqual(at(4, 5));
  expect(stepAfter(key("ArrowLeft"), { caret: true }, at(3, 5), EXTENT)).toBeNull();
  expect(stepAfter(key("Enter", { shiftKey: true }), { caret: true }, at(3, 5), EXTENT)).toEqual(at(2, 5));
});

it("knows the keys of Excel, the full-width question mark too", () => {
  expect(commandOf(key("z", { ctrlKey: true }))).toBe("undo");
  expect(commandOf(key("Z", { ctrlKey: true, shiftKey: true }))).toBe("redo");
  expect(commandOf(key("d", { metaKey: true }))).toBe("fill");
  expect(commandOf(key("？"))).toBe("help");
  expect(commandOf(key("Enter", { altKey: true }))).toBe("open");
  expect(commandOf(key("5"))).toBeNull();
});

it("keeps the selection inside a list that became shorter", () => {
  expect(within(at(50, 5), { rows: 3, cols: 10 })).toEqual(at(2, 5));
});
