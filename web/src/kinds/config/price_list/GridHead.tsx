import { memo, useContext } from "react";
import { Icon } from "../../../parts/Icon";
import { baseText } from "../../../text/base";
import { pricesText } from "../../../text/prices";
import { WaitingBase } from "../waitingBase";
import { COLUMNS, type ColumnId } from "./cells";
import type { Sorting } from "./filter";
import styles from "./PriceGrid.module.css";

interface GridHeadProps {
  sorting: Sorting | null;
  onSort: (sorting: Sorting | null) => void;
}

/** Names of the columns; a press sorts up, then down, then not. */
export const GridHead = memo(function GridHead({ sorting, onSort }: GridHeadProps) {
  const waits = useContext(WaitingBase);
  const turn = (column: ColumnId) => {
    if (sorting?.column !== column) return onSort({ column, descending: false });
    onSort(sorting.descending ? null : { column, descending: true });
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the buttons inside have the focus.
    <div role="row" aria-rowindex={1} className={styles.head}>
      {COLUMNS.map((column) => {
        const direction = sorting?.column !== column ? null : sorting.descending ? "desc" : "asc";
        const usual = pricesText.heads[column] ?? pricesText.columns[column];
        const word = column === "now" && waits !== null ? pricesText.ofVersion(waits) : usual;
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the buttons inside have the focus.
          <div
            key={column}
            role="columnheader"
            aria-sort={direction === null ? "none" : direction === "asc" ? "ascending" : "descending"}
            className={`${styles.cell} ${styles[column]}`}
          >
            <button
              type="button"
              onClick={() => turn(column)}
              title={direction ? `${word} ${baseText.sorted[direction]}` : undefined}
            >
              {word}
              {direction && <Icon name={direction === "asc" ? "up" : "fall"} size={12} />}
            </button>
          </div>
        );
      })}
    </div>
  );
});
