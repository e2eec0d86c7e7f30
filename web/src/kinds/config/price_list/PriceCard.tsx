import { useState } from "react";
import type { DraftRow } from "../../../api/types";
import { asDecimal, formatMoney, group } from "../../../parts/format";
import { Icon } from "../../../parts/Icon";
import { Stepper } from "../../../parts/Stepper";
import { configText } from "../../../text/config";
import { pricesText } from "../../../text/prices";
import { cellText, stateOf } from "./cells";
import { asPrice, asUnits } from "./decimal";
import { asEntry, asShown, isPlain, wordsOf } from "./entry";
import { entryFacts } from "./entryFacts";
import styles from "./PriceCards.module.css";
import { useListPrice, useOutside, useRange } from "./ranges";

interface PriceCardProps {
  row: DraftRow;
  top: number;
  fault: string | undefined;
  editable: boolean;
  onPrice: (price: string) => void;
  onRevert: () => void;
  onOpen: () => void;
}

/** Bigger prices move in bigger steps: 0.1 below 10 yuan, 1 below 1,000, 10 above. */
const stepOf = (units: bigint) => {
  if (units < 100_000n) return 1_000n;
  return units < 10_000_000n ? 10_000n : 100_000n;
};

/** One price with big steps to both sides; a touch on its name opens everything else. */
export function PriceCard(props: PriceCardProps) {
  const { row, top, editable, onPrice, onRevert, onOpen } = props;
  const outside = useOutside(row);
  const fault = outside ?? props.fault;
  const [text, setText] = useState<string | null>(null);
  const product = asShown(row.shown);
  const content = row.content ?? row.before ?? {};
  const { price } = asEntry(content);
  const name = wordsOf(row).goods;
  const facts = [
    useRange(row.key),
    product.product_code,
    product.spec,
    ...entryFacts(asEntry(content), product),
  ];
  const known = [product.spec, useListPrice(row.key)].filter(Boolean).join(" · ");
  const writable = editable && row.content !== null && isPlain(row.content);
  const step = (sign: 1n | -1n) => {
    const now = asUnits(asDecimal(price, 4) ?? "0");
    const next = now + sign * stepOf(sign < 0n ? now - 1n : now);
    if (next > 0n) onPrice(asPrice(next));
  };
  const delta = cellText(row, "delta");
  return (
    <li
      className={`${styles.card} ${styles[outside === null ? stateOf(row) : "outside"]}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <button type="button" className={styles.name} onClick={onOpen}>
        <span className="hidden-text">{pricesText.open} </span>
        <b>
          {name}
          {fault !== undefined && known !== "" && <span className={styles.known}>{known}</span>}
        </b>
        {fault === undefined ? (
          <small>{facts.filter(Boolean).join(" · ")}</small>
        ) : (
          <small className={styles.fault}>
            <Icon name="warning" size={14} />
            {fault}
          </small>
        )}
      </button>
      <p className={styles.now}>
        {row.before ? pricesText.phone.now(shownPrice(wordsOf({ ...row, content: row.before }).gives)) : ""}
        {delta !== "" && <span className={styles.delta}>{delta}</span>}
      </p>
      {row.change !== "same" && editable && (
        <button
          type="button"
          className={styles.back}
          aria-label={`${configText.revertRow} ${name} ${product.product_code}`}
          onClick={onRevert}
        >
          <Icon name="undo" size={18} />
        </button>
      )}
      {writable ? (
        <Stepper
          className={styles.stepper}
          less={pricesText.phone.less(name)}
          more={pricesText.phone.more(name)}
          onLess={() => step(-1n)}
          onMore={() => step(1n)}
        >
          <input
            inputMode="decimal"
            autoComplete="off"
            aria-label={pricesText.cell(name, pricesText.columns.price)}
            maxLength={16}
            value={text ?? price}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setText(event.target.value)}
            onBlur={() => {
              if (text !== null && text !== price) onPrice(text);
              setText(null);
            }}
          />
        </Stepper>
      ) : (
        <span className={styles.fixed}>{row.content === null ? "" : wordsOf(row).gives}</span>
      )}
    </li>
  );
}

const shownPrice = (text: string) => (/^\d/.test(text) ? formatMoney(text) : group(text));
