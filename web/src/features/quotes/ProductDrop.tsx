import { useEffect, useRef } from "react";
import { asProblem } from "../../api/problem";
import type { ProductRow } from "../../api/types";
import { formatMoney } from "../../parts/format";
import { packsOf } from "../../parts/packs";
import { thumbOf } from "../../parts/productPicture";
import { Thumb } from "../../parts/Thumb";
import { useProductSearch } from "../../parts/useProductSearch";
import { quotesText } from "../../text/quotes";
import { scanText } from "../../text/scan";
import { looksLikeCode } from "./codes";
import styles from "./ProductDrop.module.css";

export interface Found {
  rows: ProductRow[];
  /** They belong to the very text in the field. */
  ready: boolean;
}

interface ProductDropProps {
  id: string;
  text: string;
  customerId: number;
  active: number;
  onFound: (found: Found) => void;
  onHover: (index: number) => void;
  onPick: (product: ProductRow) => void;
}

/** What was found, each with this customer's price. */
export function ProductDrop({ id, text, customerId, active, onFound, onHover, onPick }: ProductDropProps) {
  const { rows, ready, error } = useProductSearch(text, customerId);
  useEffect(() => {
    if (error) onFound({ rows: [], ready: true });
    else onFound({ rows, ready });
  }, [rows, ready, error, onFound]);
  // Where no product has a picture, nothing is kept free for one.
  const pictured = rows.some((row) => row.thumb !== null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  useEffect(() => {
    box.current?.querySelector(`[id="${id}-${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  return (
    <div ref={box} className={styles.drop}>
      <div id={id} role="listbox" aria-label={quotesText.product} className={styles.list}>
        {rows.map((row, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field that owns this list.
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the marked choice.
          <div
            key={row.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.option}
            onMouseMove={() => onHover(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(row)}
          >
            {pictured && <Thumb src={thumbOf(row)} />}
            <span className={styles.text}>
              <b>{row.name}</b>
              <small>
                {[row.code, row.customer_code, row.spec, packsOf(row)].filter(Boolean).join(" · ")}
              </small>
            </span>
            <span className={styles.price}>
              {row.price ? `${formatMoney(row.price.unit_price)}/${row.price.unit}` : quotesText.noPrice}
            </span>
          </div>
        ))}
      </div>
      {error && <p className={styles.none}>{asProblem(error).message}</p>}
      {ready && rows.length === 0 && (
        <p className={styles.none}>
          <b>{looksLikeCode(text) ? scanText.unknown(text.trim()) : quotesText.noProduct}</b>
          {looksLikeCode(text) ? scanText.unknownHint : quotesText.noProductHint}
        </p>
      )}
    </div>
  );
}
