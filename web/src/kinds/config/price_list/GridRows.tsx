import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, type Ref, useImperativeHandle, useRef } from "react";
import type { DraftRow } from "../../../api/types";
import { PriceGridRow } from "./PriceGridRow";
import { rectOf, type Selection } from "./range";

export const ROW_PX = 44;
/** Rows drawn beyond the edges of the screen. */
const SPARE = 6;

export interface GridRowsHandle {
  show: (index: number) => void;
}

interface GridRowsProps {
  ref: Ref<GridRowsHandle>;
  rows: DraftRow[];
  faults: ReadonlyMap<string, string>;
  selection: Selection;
  /** Where the list begins on the page. */
  top: number;
  /** What stands still above and below the rows while they scroll. */
  above: number;
  below: number;
}

/** The rows in sight out of thousands. It alone is drawn anew while the page scrolls. */
export const GridRows = memo(function GridRows(props: GridRowsProps) {
  const { rows, faults, selection, top } = props;
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: SPARE,
    scrollMargin: top,
    scrollPaddingStart: props.above,
    scrollPaddingEnd: props.below,
  });
  useImperativeHandle(props.ref, () => ({
    show: (index) => virtual.scrollToIndex(index, { align: "auto" }),
  }));
  const rect = rectOf(selection);
  const drawn = virtual.getVirtualItems();
  // A row that has left the screen is used again for one that comes, rather than made anew.
  const slots = useRef(1);
  slots.current = Math.max(slots.current, drawn.length);
  return drawn.map(({ index }) => {
    const row = rows[index];
    if (!row) return null;
    const inside = index >= rect.top && index <= rect.bottom;
    return (
      <PriceGridRow
        key={index % slots.current}
        row={row}
        index={index}
        top={index * ROW_PX}
        fault={faults.get(row.key)}
        left={inside ? rect.left : -1}
        right={inside ? rect.right : -1}
        active={index === selection.active.row ? selection.active.col : -1}
      />
    );
  });
});
