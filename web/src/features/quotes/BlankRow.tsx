import type { ProductRow } from "../../api/types";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";
import styles from "./LineGrid.module.css";
import { ProductCell } from "./ProductCell";

interface BlankRowProps {
  row: number;
  customerId: number;
  /** A pasted name that could not be matched and is being chosen now. */
  preset: string;
  /** What was struck for this row before it was there, with its Enters. */
  begun: string;
  /** Counts how often it began anew. */
  turn: number;
  onPick: (product: ProductRow, ahead: string, typed: string) => void;
}

/** The row in which the next line begins. */
export function BlankRow({ row, customerId, preset, begun, turn, onPick }: BlankRowProps) {
  return (
    <div className={`${styles.row} ${styles.blank}`}>
      <span className={styles.count}>
        <Icon name="plus" size={16} />
      </span>
      <ProductCell
        key={`${row} ${preset} ${turn}`}
        row={row}
        name={preset}
        begun={begun}
        detail=""
        customerId={customerId}
        placeholder={quotesText.findProduct}
        onPick={onPick}
      />
    </div>
  );
}
