/** A place in the grid: row and column by position. */
export interface Place {
  row: number;
  col: number;
}

/** What is selected, from corner to corner; the cell that is typed into lies in it. */
export interface Selection {
  active: Place;
  from: Place;
  /** The corner that Shift and the arrows move. */
  to: Place;
}

export interface Rect {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Extent {
  rows: number;
  cols: number;
}

export const rectOf = ({ from, to }: Selection): Rect => ({
  top: Math.min(from.row, to.row),
  bottom: Math.max(from.row, to.row),
  left: Math.min(from.col, to.col),
  right: Math.max(from.col, to.col),
});

export const at = (row: number, col: number): Selection => {
  const place = { row, col };
  return { active: place, from: place, to: place };
};

/** From the active cell to another one. */
export const upTo = ({ active }: Selection, to: Place): Selection => ({ active, from: active, to });

export const isSingle = ({ from, to }: Selection) => from.row === to.row && from.col === to.col;

const clamp = (value: number, size: number) => Math.max(0, Math.min(size - 1, value));
const inside = ({ row, col }: Place, { rows, cols }: Extent): Place => ({
  row: clamp(row, rows),
  col: clamp(col, cols),
});

/** The selection kept inside a grid that became smaller. */
export const within = ({ active, from, to }: Selection, extent: Extent): Selection => ({
  active: inside(active, extent),
  from: inside(from, extent),
  to: inside(to, extent),
});

/** The cursor moved; with `extend` the selection grows from where it began. */
export function moved(selection: Selection, by: Place, extent: Extent, extend: boolean): Selection {
  const start = extend ? selection.to : selection.active;
  const place = inside({ row: start.row + by.row, col: start.col + by.col }, extent);
  return extend ? { ...selection, to: place } : at(place.row, place.col);
}

/** One cell on or back (Tab), over the end of the row into the next one; columns before `first` are passed over. */
export function stepped({ active }: Selection, step: 1 | -1, extent: Extent, first: number): Selection {
  const col = active.col + step;
  if (col >= extent.cols) return at(clamp(active.row + 1, extent.rows), first);
  if (col < first && step < 0 && active.col >= first)
    return at(clamp(active.row - 1, extent.rows), extent.cols - 1);
  return at(active.row, clamp(col, extent.cols));
}

/** Whole rows of what is selected. */
export const asRows = ({ active, from, to }: Selection, { cols }: Extent): Selection => ({
  active,
  from: { row: from.row, col: 0 },
  to: { row: to.row, col: cols - 1 },
});

/** Whole columns of what is selected. */
export const asColumns = ({ active, from, to }: Selection, { rows }: Extent): Selection => ({
  active,
  from: { row: 0, col: from.col },
  to: { row: rows - 1, col: to.col },
});

export const everything = (selection: Selection, extent: Extent): Selection =>
  asRows(asColumns(selection, extent), extent);
