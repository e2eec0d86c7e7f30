import type { ProductRow } from "../../api/types";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";
import styles from "./LineGrid.module.css";
import { ProductCell } from "./ProductCell";

interface BlankRowProps {
  row: number;
  customerId: number;
  /** What was struck for this row before it was there, with its Enters. */
  begun: string;
  /** Counts how often it began anew. */
  turn: number;
  onPick: (product: ProductRow, ahead: string, typed: string) => void;
}

/** The row in which the next line begins. */
export function BlankRow({ row, customerId, begun, turn, onPick }: BlankRowProps) {
  return (
    <div className={`${styles.row} ${styles.blank}`}>
      <span className={styles.count}>
        <Icon name="plus" size={16} />
      </span>
      <ProductCell
        key={`${row} ${turn}`}
        row={row}
        name=""
        begun={begun}
        detail=""
        customerId={customerId}
        placeholder={quotesText.findProduct}
        onPick={onPick}
      />
    </div>
  );
}
