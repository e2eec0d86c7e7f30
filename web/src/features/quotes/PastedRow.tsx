import { useState } from "react";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { Icon, type IconName } from "../../parts/Icon";
import { productLabel } from "../../parts/productLabel";
import { quickText } from "../../text/quick";
import { quotesText } from "../../text/quotes";
import { PastedSearch } from "./PastedSearch";
import styles from "./PasteSheet.module.css";
import { foundByHand, lackOf, type PastedChoice, productOf, unitOf, whyOpen } from "./pastedLines";
import { QtyInput } from "./QtyInput";
import { usePricesNow } from "./usePricesNow";

const NONE: PastedChoice["products"] = [];
const ICONS: Record<string, IconName> = { sure: "check", likely: "question", none: "warning" };

interface PastedRowProps {
  choice: PastedChoice;
  customer: number;
  onChange: (choice: PastedChoice) => void;
}

/** One pasted thing: what was written, what it is taken for, how many; everything can be put right in place. */
export function PastedRow({ choice, customer, onChange }: PastedRowProps) {
  const { text, products, skipped } = choice;
  const [searching, setSearching] = useState(false);
  const looks = lackOf(choice) === null ? "sure" : products.length > 0 ? "likely" : "none";
  if (skipped) {
    return (
      <li className={styles.row}>
        <p className={styles.said}>
          <s>{text}</s>
          <small>{quickText.leftOut}</small>
          <Button look="text" small onClick={() => onChange({ ...choice, skipped: false })}>
            {quickText.takeAgain}
          </Button>
        </p>
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <p className={`${styles.said} ${styles[looks]}`}>
        <Icon name={ICONS[looks] ?? "question"} size={16} />
        {text}
        <small>{whyOpen(choice)}</small>
      </p>
      <div className={styles.meant}>
        {products.length > 0 && <Meant choice={choice} customer={customer} onChange={onChange} />}
      </div>
      {searching && (
        <PastedSearch
          choice={choice}
          customer={customer}
          onPick={(product) => {
            setSearching(false);
            onChange(foundByHand(choice, product));
          }}
        />
      )}
      <div className={styles.acts}>
        <Button
          look="text"
          small
          icon="search"
          aria-label={quickText.searchFor(text)}
          aria-expanded={searching}
          onClick={() => setSearching((now) => !now)}
        >
          {quickText.search}
        </Button>
        <Button look="text" small onClick={() => onChange({ ...choice, skipped: true })}>
          {quickText.skip}
        </Button>
      </div>
    </li>
  );
}

/** Which of the candidates, each with its price, how many, and in which of its units. */
function Meant({ choice, customer, onChange }: PastedRowProps) {
  const { text, products, productId, qty, unit } = choice;
  const product = productOf(choice);
  const known = product && unitOf(product, unit);
  const prices = usePricesNow(choice.confidence === "sure" ? NONE : products, unit, customer);
  const priced = (id: number) => {
    const price = prices.get(id);
    if (price === undefined) return "";
    return price.unitPrice === null
      ? quotesText.noPrice
      : quotesText.perUnit(formatMoney(price.unitPrice), price.unit);
  };
  return (
    <>
      <select
        aria-label={quickText.meant(text)}
        value={productId ?? ""}
        onChange={(event) =>
          onChange({ ...choice, productId: event.target.value === "" ? null : Number(event.target.value) })
        }
      >
        <option value="">{quickText.chooseProduct}</option>
        {products.map((one) => (
          <option key={one.id} value={one.id}>
            {[productLabel(one), priced(one.id)].filter(Boolean).join(" · ")}
          </option>
        ))}
      </select>
      <QtyInput
        label={quickText.qtyOf(text)}
        placeholder={quickText.fillQty}
        value={qty}
        onChange={(changed) => onChange({ ...choice, qty: changed })}
      />
      {product ? (
        <select
          aria-label={quickText.unitOf(text)}
          value={known ?? ""}
          onChange={(event) => onChange({ ...choice, unit: event.target.value })}
        >
          {known === undefined && <option value="">{quickText.chooseUnit}</option>}
          {product.units.map((one) => (
            <option key={one.unit}>{one.unit}</option>
          ))}
        </select>
      ) : (
        <span className={styles.unit}>{unit}</span>
      )}
    </>
  );
}
