import { memo, useState } from "react";
import type { PricedLine } from "../../api/types";
import { formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { productLabel } from "../../parts/productLabel";
import { quotesText } from "../../text/quotes";
import type { DraftLine } from "./draftModel";
import { LineFaults } from "./LineFaults";
import { LineNote } from "./LineNote";
import styles from "./PhoneLines.module.css";
import { Stepper } from "./Stepper";
import type { ChangeDraft } from "./useQuoteDraft";

interface PhoneLineProps {
  line: DraftLine;
  priced: PricedLine | undefined;
  stale: boolean;
  change: ChangeDraft;
  onWhy: (line: PricedLine) => void;
}

export const PhoneLine = memo(function PhoneLine({ line, priced, stale, change, onWhy }: PhoneLineProps) {
  const { product } = line;
  const named = productLabel(product);
  const [noting, setNoting] = useState(false);
  const remove = () => change({ kind: "remove", id: line.id });
  return (
    <li className={styles.card} data-line={line.id} tabIndex={-1}>
      <div className={styles.head}>
        <div>
          <p className={styles.name}>{product.name}</p>
          <p className={styles.detail}>
            {[product.code, product.customer_code, product.spec].filter(Boolean).join(" · ")}
          </p>
        </div>
        <IconButton icon="trash" quiet label={quotesText.removeLine(named)} onClick={remove} />
      </div>
      <div className={stale ? `${styles.price} ${styles.stale}` : styles.price}>
        {priced?.unit_price != null ? (
          <button
            type="button"
            className={styles.why}
            aria-label={quotesText.whyOf(
              quotesText.perUnit(formatMoney(priced.unit_price), priced.unit),
              named,
            )}
            onClick={() => onWhy(priced)}
          >
            {quotesText.perUnit(formatMoney(priced.unit_price), priced.unit)}
            <Icon name="question" size={16} />
          </button>
        ) : (
          <span />
        )}
        <span className={styles.sum}>{priced?.net != null && formatMoney(priced.net)}</span>
      </div>
      <div className={styles.controls}>
        <Stepper
          label={quotesText.qtyOf(named)}
          qty={line.qty}
          onChange={(qty) => change({ kind: "qty", id: line.id, qty })}
          onZero={remove}
        />
        {product.units.length > 1 ? (
          <select
            className={styles.unit}
            aria-label={quotesText.unitOf(named)}
            value={line.unit}
            onChange={(event) => change({ kind: "unit", id: line.id, unit: event.target.value })}
          >
            {product.units.map((unit) => (
              <option key={unit.unit}>{unit.unit}</option>
            ))}
          </select>
        ) : (
          <span className={styles.oneUnit}>{line.unit}</span>
        )}
        <span className={styles.end}>
          <IconButton icon="edit" quiet label={quotesText.addNoteTo(named)} onClick={() => setNoting(true)} />
        </span>
      </div>
      {(noting || line.note !== "") && (
        <div className={styles.note}>
          <LineNote
            product={named}
            value={line.note}
            fresh={noting}
            onChange={(note) => change({ kind: "note", id: line.id, note })}
            onLeave={() => setNoting(false)}
          />
        </div>
      )}
      {!stale && priced && <LineFaults priced={priced} styles={styles} />}
    </li>
  );
});
