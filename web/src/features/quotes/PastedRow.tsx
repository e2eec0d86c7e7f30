import { Icon, type IconName } from "../../parts/Icon";
import { productLabel } from "../../parts/productLabel";
import { quickText } from "../../text/quick";
import styles from "./PasteSheet.module.css";
import type { PastedChoice } from "./pastedLines";
import { QtyInput } from "./QtyInput";

const ICONS: Record<string, IconName> = { sure: "check", likely: "question", none: "warning" };

/** One pasted thing: what was written, what it is taken for, how many; everything can be put right in place. */
export function PastedRow({
  choice,
  onChange,
}: {
  choice: PastedChoice;
  onChange: (choice: PastedChoice) => void;
}) {
  const { thing, productId, qty, unit } = choice;
  const product = thing.products.find(({ id }) => id === productId);
  const known = product?.units.some((one) => one.unit === unit) ? unit : product?.base_unit;
  return (
    <li className={styles.row}>
      <p className={`${styles.said} ${styles[thing.confidence]}`}>
        <Icon name={ICONS[thing.confidence] ?? "question"} size={16} />
        {thing.text}
        {thing.qty === null && <small>{quickText.noQty}</small>}
      </p>
      <div className={styles.meant}>
        <select
          aria-label={quickText.meant(thing.text)}
          value={productId ?? ""}
          onChange={(event) =>
            onChange({ ...choice, productId: event.target.value === "" ? null : Number(event.target.value) })
          }
        >
          {thing.products.map((one) => (
            <option key={one.id} value={one.id}>
              {productLabel(one)}
            </option>
          ))}
          <option value="">{quickText.skip}</option>
        </select>
        {product && (
          <>
            <QtyInput
              label={quickText.qtyOf(thing.text)}
              value={qty}
              onChange={(changed) => onChange({ ...choice, qty: changed })}
            />
            <select
              aria-label={quickText.unitOf(thing.text)}
              value={known ?? ""}
              onChange={(event) => onChange({ ...choice, unit: event.target.value })}
            >
              {product.units.map((one) => (
                <option key={one.unit}>{one.unit}</option>
              ))}
            </select>
          </>
        )}
      </div>
    </li>
  );
}
