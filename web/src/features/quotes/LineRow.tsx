import { memo, useState } from "react";
import type { PricedLine } from "../../api/types";
import { group } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { productLabel } from "../../parts/productLabel";
import { quotesText } from "../../text/quotes";
import type { DraftLine } from "./draftModel";
import type { CellName } from "./gridFocus";
import { LineFaults } from "./LineFaults";
import styles from "./LineGrid.module.css";
import { LineNote } from "./LineNote";
import { ProductCell } from "./ProductCell";
import { QtyInput } from "./QtyInput";
import { UnitNote } from "./UnitNote";
import { UnitPick } from "./UnitPick";
import type { ChangeDraft } from "./useQuoteDraft";

interface LineRowProps {
  line: DraftLine;
  row: number;
  customerId: number;
  priced: PricedLine | undefined;
  /** The figures belong to what stood here before. */
  stale: boolean;
  change: ChangeDraft;
  go: (row: number, cell: CellName) => void;
  onWhy: (line: PricedLine) => void;
}

export const LineRow = memo(function LineRow({
  line,
  row,
  customerId,
  priced,
  stale,
  change,
  go,
  onWhy,
}: LineRowProps) {
  const { product } = line;
  const named = productLabel(product);
  const [noting, setNoting] = useState(false);
  const figures = stale ? `${styles.right} ${styles.stale}` : styles.right;
  return (
    <div className={styles.row} data-line={line.id} tabIndex={-1}>
      <span className={styles.count}>{row + 1}</span>
      <ProductCell
        row={row}
        name={product.name}
        detail={[product.code, product.customer_code, product.spec].filter(Boolean).join(" · ")}
        customerId={customerId}
        onPick={(picked) => {
          change({ kind: "swap", id: line.id, product: picked });
          go(row, "qty");
        }}
        onEnter={() => go(row, "qty")}
      />
      <QtyInput
        className={styles.qty}
        data-row={row}
        data-cell="qty"
        label={quotesText.qtyOf(named)}
        value={line.qty}
        onChange={(qty) => change({ kind: "qty", id: line.id, qty })}
        onEnter={() => go(row + 1, "product")}
      />
      <UnitPick
        className={styles.unit}
        oneClass={styles.oneUnit}
        data-row={row}
        data-cell="unit"
        line={line}
        named={named}
        onUnit={(unit) => change({ kind: "unit", id: line.id, unit })}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            go(row + 1, "product");
          }
        }}
      />
      <span className={figures}>
        {priced?.unit_price != null && (
          <button
            type="button"
            className={styles.price}
            tabIndex={-1}
            title={quotesText.why}
            aria-label={quotesText.whyOf(group(priced.unit_price), named)}
            onClick={() => onWhy(priced)}
          >
            {group(priced.unit_price)}
          </button>
        )}
      </span>
      <span className={`${figures} ${styles.sum}`}>{priced?.net != null && group(priced.net)}</span>
      <button
        type="button"
        className={`${styles.remove} ${styles.write}`}
        aria-label={quotesText.addNoteTo(named)}
        title={quotesText.addNoteTo(named)}
        onClick={() => setNoting(true)}
      >
        <Icon name="edit" size={16} />
      </button>
      <button
        type="button"
        className={styles.remove}
        tabIndex={-1}
        aria-label={quotesText.removeLine(named)}
        title={quotesText.removeLine(named)}
        onClick={() => change({ kind: "remove", id: line.id })}
      >
        <Icon name="close" size={16} />
      </button>
      <UnitNote line={line} className={styles.pack} />
      <LineNote
        className={styles.note}
        line={line}
        named={named}
        fresh={noting}
        change={change}
        onLeave={() => setNoting(false)}
      />
      {!stale && priced && <LineFaults priced={priced} styles={styles} />}
    </div>
  );
});
