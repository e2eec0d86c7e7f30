import { memo } from "react";
import type { DraftRow } from "../../../api/types";
import { formatDay, group } from "../../../parts/format";
import { Icon } from "../../../parts/Icon";
import { COLUMNS, type ColumnId, cellText, stateOf } from "./cells";
import { asShown, isPlain, wordsOf } from "./entry";
import styles from "./PriceGrid.module.css";
import { useListPrice, useOutside, useRange } from "./ranges";

interface PriceGridRowProps {
  row: DraftRow;
  index: number;
  top: number;
  fault: string | undefined;
  /** Selected columns, from and to; -1 when none is. */
  left: number;
  right: number;
  /** The column of the active cell, or -1. */
  active: number;
}

/** A row of the grid. It answers no event itself: the grid does, by the cell's place. */
export const PriceGridRow = memo(function PriceGridRow(props: PriceGridRowProps) {
  const { row, index, top, fault, left, right, active } = props;
  const state = stateOf(row);
  const outside = useOutside(row);
  const plain = isPlain(row.content ?? row.before ?? {});
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field over the grid has the focus.
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      className={`${styles.row} ${styles[outside === null ? state : "outside"]} ${plain ? "" : styles.locked}`}
      style={{ top }}
    >
      {COLUMNS.map((column, col) => {
        const selected = col >= left && col <= right;
        const look = [
          styles.cell,
          styles[column],
          selected && styles.selected,
          col === active && styles.active,
        ];
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the field over the grid has the focus.
          <div
            key={column}
            role="gridcell"
            aria-selected={selected}
            data-col={col}
            title={wholeFormula(row, column)}
            className={look.filter(Boolean).join(" ")}
          >
            {column === "product" ? (
              <Product row={row} fault={outside ?? fault} whole={fault} />
            ) : (
              shown(row, column)
            )}
          </div>
        );
      })}
    </div>
  );
});

interface ProductProps {
  row: DraftRow;
  /** What fits into the row. */
  fault: string | undefined;
  /** All that is said of it. */
  whole: string | undefined;
}

function Product({ row, fault, whole }: ProductProps) {
  const { spec } = asShown(row.shown);
  const list = useListPrice(row.key);
  const range = useRange(row.key);
  const beside = [range, spec].filter(Boolean).join(" · ");
  // What tells rows of one name apart makes room for what is wrong, and stays in sight.
  const known = [spec, list].filter(Boolean).join(" · ");
  return (
    <>
      <span className={styles.name}>
        {wordsOf(row).goods}
        {fault !== undefined && known !== "" && <small>{known}</small>}
      </span>
      {fault !== undefined ? (
        <small className={styles.fault} title={whole ?? fault}>
          <Icon name="warning" size={13} />
          {fault}
        </small>
      ) : (
        beside !== "" && <small title={beside}>{beside}</small>
      )}
    </>
  );
}

/** A formula may be longer than its column; the whole of it is told to whoever points at it. */
function wholeFormula(row: DraftRow, column: ColumnId): string | undefined {
  if (column !== "now" && column !== "price") return undefined;
  const text = cellText(row, column);
  return text === "" || /^\d/.test(text) ? undefined : text;
}

/** Prices in groups of three, days as people say them; copied they are plain. */
function shown(row: DraftRow, column: ColumnId): string {
  const text = cellText(row, column);
  if (column === "now" || column === "price") return /^\d/.test(text) ? group(text) : text;
  if (column === "from" || column === "to") return text === "" ? "" : formatDay(text);
  return text;
}
