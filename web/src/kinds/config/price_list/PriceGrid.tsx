import { type MouseEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { DraftRow } from "../../../api/types";
import { useKeyTable } from "../../../parts/useKeys";
import { configText } from "../../../text/config";
import { pricesText } from "../../../text/prices";
import { CellInput, type CellInputHandle } from "./CellInput";
import { COLUMNS } from "./cells";
import type { Sorting } from "./filter";
import { GridHead } from "./GridHead";
import { GridRows, type GridRowsHandle, ROW_PX } from "./GridRows";
import styles from "./PriceGrid.module.css";
import { PRICE_KEYS } from "./priceKeys";
import { asRows, at, type Place, type Selection, upTo } from "./range";
import type { PriceActions } from "./usePriceActions";

/** What stands still above and below the rows while they scroll: head of the page and of the grid, tools; the foot. */
const HEADS_PX = 60 + 36;
const TOOLS_PX = 53;
const BELOW_PX = 44;

export interface GridProps {
  rows: DraftRow[];
  faults: ReadonlyMap<string, string>;
  editable: boolean;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  sorting: Sorting | null;
  onSort: (sorting: Sorting | null) => void;
  actions: PriceActions;
  say: (sentence: string) => void;
  onOpen: (row: DraftRow) => void;
  onBulk: () => void;
  onHelp: () => void;
  onBack: (which: "undo" | "redo") => void;
  onFind: () => void;
}

/** Thousands of rows of which those in sight are drawn; one field, always over the active cell, takes every key. */
export function PriceGrid(props: GridProps) {
  const { rows, faults, selection, onSelect } = props;
  useKeyTable(PRICE_KEYS);
  const above = HEADS_PX + (props.editable ? TOOLS_PX : 0);
  const body = useRef<HTMLDivElement>(null);
  const input = useRef<CellInputHandle>(null);
  const dragging = useRef(false);
  const [top, setTop] = useState(0);
  const [focused, setFocused] = useState(false);
  const list = useRef<GridRowsHandle>(null);
  // What stands above the list may have grown or gone.
  useLayoutEffect(() => {
    const now = (body.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    if (Math.abs(now - top) > 1) setTop(now);
  });
  const { to } = selection;
  const seen = useRef(to);
  useEffect(() => {
    if (seen.current !== to && !dragging.current) list.current?.show(to.row);
    seen.current = to;
  }, [to]);

  const press = (event: MouseEvent) => {
    const place = placeOf(event);
    if (!place || event.button !== 0) return;
    event.preventDefault();
    input.current?.leave();
    input.current?.focus();
    dragging.current = true;
    const one = at(place.row, place.col);
    if (event.shiftKey) onSelect(upTo(selection, place));
    else onSelect(place.col <= 1 ? asRows(one, { rows: rows.length, cols: COLUMNS.length }) : one);
  };
  const drag = (event: MouseEvent) => {
    const place = dragging.current && event.buttons === 1 ? placeOf(event) : null;
    if (!place || (place.row === to.row && place.col === to.col)) return;
    const byRows = selection.from.col === 0 && selection.to.col === COLUMNS.length - 1;
    onSelect(byRows ? { ...selection, to: { ...to, row: place.row } } : upTo(selection, place));
  };
  const release = useCallback(() => {
    dragging.current = false;
  }, []);
  useEffect(() => {
    window.addEventListener("mouseup", release);
    return () => window.removeEventListener("mouseup", release);
  }, [release]);

  if (rows.length === 0) return <p className={styles.none}>{configText.noMatch}</p>;
  return (
    <div className={props.editable ? styles.frame : `${styles.frame} ${styles.bare}`}>
      <div
        id="price-grid"
        role="grid"
        aria-label={pricesText.grid}
        aria-rowcount={rows.length + 1}
        aria-colcount={COLUMNS.length}
        aria-multiselectable="true"
        className={focused ? styles.focused : undefined}
      >
        <GridHead sorting={props.sorting} onSort={props.onSort} />
        <div
          ref={body}
          role="rowgroup"
          className={styles.body}
          style={{ height: rows.length * ROW_PX }}
          onMouseDown={press}
          onMouseMove={drag}
          onDoubleClick={(event) => placeOf(event) && input.current?.edit()}
        >
          <GridRows
            ref={list}
            rows={rows}
            faults={faults}
            selection={selection}
            top={top}
            above={above}
            below={BELOW_PX}
          />
        </div>
      </div>
      <CellInput
        {...props}
        ref={input}
        top={selection.active.row * ROW_PX}
        page={Math.max(1, Math.floor((window.innerHeight - above - BELOW_PX) / ROW_PX) - 1)}
        onFocused={setFocused}
      />
    </div>
  );
}

/** The cell under the mouse. */
function placeOf(event: MouseEvent): Place | null {
  const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-col]");
  const row = cell?.closest<HTMLElement>("[data-row]");
  return cell && row ? { row: Number(row.dataset.row), col: Number(cell.dataset.col) } : null;
}
