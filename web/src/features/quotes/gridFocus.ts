export type CellName = "product" | "qty" | "unit";

/** Which cell an element belongs to. */
export function placeOf(target: EventTarget): { row: number; cell: CellName } | null {
  if (!(target instanceof HTMLElement)) return null;
  const at = target.closest<HTMLElement>("[data-cell]")?.dataset;
  if (at?.row === undefined || at.cell === undefined) return null;
  return { row: Number(at.row), cell: at.cell as CellName };
}

/** Puts the focus into a cell and marks its text, or goes on behind it; false while the cell is not there. */
export function focusCell(grid: HTMLElement | null, row: number, cell: CellName, mark: boolean): boolean {
  const found = grid?.querySelector<HTMLElement>(`[data-row="${row}"][data-cell="${cell}"]`);
  if (!found) return false;
  found.focus();
  if (found instanceof HTMLInputElement) {
    if (mark) found.select();
    else found.setSelectionRange(found.value.length, found.value.length);
  }
  return true;
}
