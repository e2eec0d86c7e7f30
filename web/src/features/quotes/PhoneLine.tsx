import { memo, useState } from "react";
import type { PricedLine, Quote, Subtotal } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { productLabel } from "../../parts/productLabel";
import { paperPrice } from "../../parts/reductions";
import { agreeingText } from "../../text/agreeing";
import { quotesText } from "../../text/quotes";
import type { DraftLine } from "./draftModel";
import { LineTail } from "./LineTail";
import { ownDetail } from "./ownDetail";
import styles from "./PhoneLines.module.css";
import { QtyStepper } from "./QtyStepper";
import { UnitNote } from "./UnitNote";
import { UnitPick } from "./UnitPick";
import type { ChangeDraft } from "./useQuoteDraft";

interface PhoneLineProps {
  line: DraftLine;
  priced: PricedLine | undefined;
  stale: boolean;
  beyond?: string;
  /** That it is goods of the catalogue, typed as standing outside it. */
  listed?: Quote["problems"][number];
  change: ChangeDraft;
  onWhy: (line: PricedLine) => void;
  onEdit: (line: DraftLine) => void;
  subtotals: Subtotal[];
}

export const PhoneLine = memo(function PhoneLine({
  line,
  priced,
  stale,
  beyond,
  listed,
  change,
  onWhy,
  onEdit,
  subtotals,
}: PhoneLineProps) {
  const { product } = line;
  const named = productLabel(product);
  const [noting, setNoting] = useState(false);
  const shown = (priced && paperPrice(priced)) ?? "";
  const remove = () => change({ kind: "remove", id: line.id });
  return (
    <li className={styles.card} data-line={line.id} tabIndex={-1}>
      <div className={styles.head}>
        <div>
          <p className={styles.name}>{product.name}</p>
          <p className={styles.detail}>
            {line.own
              ? ownDetail(line.own)
              : [product.code, product.customer_code, product.spec].filter(Boolean).join(" · ")}
          </p>
        </div>
        <IconButton icon="trash" quiet label={quotesText.removeLine(named)} onClick={remove} />
      </div>
      <div className={stale ? `${styles.price} ${styles.stale}` : styles.price}>
        {priced?.unit_price != null ? (
          <button
            type="button"
            className={styles.why}
            aria-label={quotesText.whyOf(quotesText.perUnit(formatMoney(shown), priced.unit), named)}
            onClick={() => onWhy(priced)}
          >
            {quotesText.perUnit(formatMoney(shown), priced.unit)}
            <Icon name="question" size={16} />
          </button>
        ) : (
          <span />
        )}
        <span className={styles.sum}>{priced?.net != null && formatMoney(priced.net)}</span>
      </div>
      <div className={styles.controls}>
        <QtyStepper
          label={quotesText.qtyOf(named)}
          qty={line.qty}
          onChange={(qty) => change({ kind: "qty", id: line.id, qty })}
          onZero={remove}
        />
        <UnitPick
          className={styles.unit}
          oneClass={styles.oneUnit}
          line={line}
          named={named}
          onUnit={(unit) => change({ kind: "unit", id: line.id, unit })}
        />
      </div>
      <div className={styles.foot}>
        <UnitNote line={line} className={styles.pack} />
        <span className={styles.acts}>
          <Button look="text" small aria-label={agreeingText.edit(named)} onClick={() => onEdit(line)}>
            {agreeingText.lineEdit}
          </Button>
          <Button look="text" small aria-label={quotesText.addNoteTo(named)} onClick={() => setNoting(true)}>
            {quotesText.addNote}
          </Button>
        </span>
      </div>
      <LineTail
        line={line}
        named={named}
        priced={priced}
        stale={stale}
        noting={noting}
        change={change}
        onNoted={() => setNoting(false)}
        beyond={beyond}
        listed={listed}
        subtotals={subtotals}
        styles={styles}
      />
    </li>
  );
});
