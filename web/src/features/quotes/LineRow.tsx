import { memo, useState } from "react";
import type { PricedLine, Quote } from "../../api/types";
import { group } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { productLabel } from "../../parts/productLabel";
import { agreeingText } from "../../text/agreeing";
import { quotesText } from "../../text/quotes";
import { unitOfCode } from "./codes";
import type { DraftLine } from "./draftModel";
import type { CellName } from "./gridFocus";
import styles from "./LineGrid.module.css";
import { LineTail } from "./LineTail";
import { ownDetail } from "./ownDetail";
import { PriceNow } from "./PriceNow";
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
  /** That it is goods of the catalogue, typed as standing outside it. */
  listed?: Quote["problems"][number];
  change: ChangeDraft;
  go: (row: number, cell: CellName) => void;
  onWhy: (line: PricedLine) => void;
  onEdit: (line: DraftLine) => void;
  onCode: (code: string) => void;
}

export const LineRow = memo(function LineRow({
  line,
  row,
  customerId,
  priced,
  stale,
  listed,
  change,
  go,
  onWhy,
  onEdit,
  onCode,
}: LineRowProps) {
  const { product } = line;
  const named = productLabel(product);
  const [noting, setNoting] = useState(false);
  const figures = stale ? `${styles.right} ${styles.stale}` : styles.right;
  return (
    <div className={styles.row} data-line={line.id} tabIndex={-1}>
      <span className={styles.count}>{row + 1}</span>
      {line.own ? (
        <span className={styles.product}>
          <button
            type="button"
            className={`${styles.name} ${styles.own}`}
            data-row={row}
            data-cell="product"
            aria-label={agreeingText.editOwn(named)}
            onClick={() => onEdit(line)}
          >
            {product.name}
          </button>
          <span className={styles.detail} title={ownDetail(line.own)}>
            {ownDetail(line.own)}
          </span>
        </span>
      ) : (
        <ProductCell
          row={row}
          name={product.name}
          detail={[product.code, product.customer_code, product.spec].filter(Boolean).join(" · ")}
          customerId={customerId}
          onPick={(picked, _, typed) => {
            change({ kind: "swap", id: line.id, product: picked, unit: unitOfCode(picked, typed) });
            go(row, "qty");
          }}
          onEnter={() => go(row, "qty")}
        />
      )}
      <QtyInput
        className={styles.qty}
        data-row={row}
        data-cell="qty"
        label={quotesText.qtyOf(named)}
        value={line.qty}
        onChange={(qty) => change({ kind: "qty", id: line.id, qty })}
        onEnter={() => go(row + 1, "product")}
        onCode={onCode}
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
          <PriceNow priced={priced} named={named} className={styles.price} onWhy={onWhy} />
        )}
      </span>
      <span className={`${figures} ${styles.sum}`}>{priced?.net != null && group(priced.net)}</span>
      <button
        type="button"
        className={
          line.manual || line.group
            ? `${styles.remove} ${styles.word} ${styles.write} ${styles.set}`
            : `${styles.remove} ${styles.word} ${styles.write} ${styles.always}`
        }
        aria-label={agreeingText.edit(named)}
        title={agreeingText.edit(named)}
        onClick={() => onEdit(line)}
      >
        {agreeingText.lineEditShort}
      </button>
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
      <LineTail
        line={line}
        named={named}
        priced={priced}
        stale={stale}
        noting={noting}
        change={change}
        onNoted={() => setNoting(false)}
        listed={listed}
        styles={styles}
      />
    </div>
  );
});
