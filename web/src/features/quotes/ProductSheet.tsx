import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { randomKey } from "../../api/ids";
import { asProblem } from "../../api/problem";
import type { ProductRow } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { ProblemNote } from "../../parts/ProblemNote";
import { packsOf } from "../../parts/packs";
import { productLabel } from "../../parts/productLabel";
import { thumbOf } from "../../parts/productPicture";
import { Sheet } from "../../parts/Sheet";
import { Thumb } from "../../parts/Thumb";
import { toast } from "../../parts/toast";
import { useProductSearch } from "../../parts/useProductSearch";
import { quotesText } from "../../text/quotes";
import { scanText } from "../../text/scan";
import { addScanned, hitsOf, looksLikeCode } from "./codes";
import type { DraftDoc } from "./draftModel";
import styles from "./ProductSheet.module.css";
import { QtyStepper } from "./QtyStepper";
import type { ChangeDraft } from "./useQuoteDraft";

interface ProductSheetProps {
  open: boolean;
  doc: DraftDoc;
  change: ChangeDraft;
  onScan: () => void;
  onClose: () => void;
}

/** Finds products and sets their quantities without leaving the search. */
export function ProductSheet({ open, doc, change, onScan, onClose }: ProductSheetProps) {
  const [text, setText] = useState("");
  const search = useProductSearch(text, doc.customerId, open);
  // Where no product has a picture, nothing is kept free for one.
  const pictured = search.rows.some((row) => row.thumb !== null);
  /** Enter was struck, by a scanner or by hand, before the answer had come. */
  const [entered, setEntered] = useState(false);
  useEffect(() => {
    if (!entered || !search.ready) return;
    setEntered(false);
    const [hit, ...others] = hitsOf(search.rows, text);
    if (!hit || others.length > 0) return;
    const qty = addScanned(doc, hit, randomKey(), change);
    toast([hit.product.name, scanText.added(qty, hit.unit)].join(" "));
    setText("");
  }, [entered, search.ready, search.rows, text, doc, change]);
  const field = useRef<HTMLInputElement>(null);
  const close = () => {
    setText("");
    onClose();
  };
  /** With the keyboard up and the last words marked, so that the next product takes their place. */
  const backToSearch = () => {
    field.current?.focus();
    field.current?.select();
  };
  const onQtyKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    backToSearch();
  };
  const step = (product: ProductRow) => {
    const line = doc.lines.filter((one) => one.product.id === product.id).pop();
    if (!line) {
      return (
        <button
          type="button"
          className={styles.add}
          aria-label={quotesText.addNamed(productLabel(product))}
          onClick={() => change({ kind: "add", id: randomKey(), product })}
        >
          <Icon name="plus" size={22} />
        </button>
      );
    }
    return (
      <div className={styles.chosen}>
        <QtyStepper
          label={quotesText.qtyOf(productLabel(product))}
          qty={line.qty}
          onChange={(qty) => change({ kind: "qty", id: line.id, qty })}
          onZero={() => change({ kind: "remove", id: line.id })}
        />
        <small>{line.unit}</small>
      </div>
    );
  };
  return (
    <Sheet
      open={open}
      onClose={close}
      title={quotesText.addProduct}
      tall
      footer={
        <Button look="primary" onClick={close}>
          {quotesText.done(doc.lines.length)}
        </Button>
      }
    >
      <div className={styles.search}>
        <Icon name="search" size={18} />
        <input
          ref={field}
          type="search"
          aria-label={quotesText.findProduct}
          placeholder={quotesText.findProduct}
          value={text}
          maxLength={100}
          enterKeyHint="search"
          autoComplete="off"
          onChange={(event) => {
            setEntered(false);
            setText(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing || text.trim() === "") return;
            setEntered(true);
            // The next scan takes the place of this one.
            if (looksLikeCode(text)) event.currentTarget.select();
          }}
          // Whoever comes back for the next product types over the last one.
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        {text !== "" && (
          <button
            type="button"
            className={styles.clear}
            aria-label={quotesText.clearSearch}
            // The press must not take the focus, and the keyboard with it.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              setText("");
              field.current?.focus();
            }}
          >
            <Icon name="close" size={18} />
          </button>
        )}
        <button type="button" className={styles.scan} onClick={onScan}>
          <Icon name="scan" size={20} />
          {scanText.scan}
        </button>
      </div>
      {search.error && <ProblemNote problem={asProblem(search.error)} />}
      <ul className={styles.list} aria-label={quotesText.product} onKeyDown={onQtyKey}>
        {search.rows.map((row) => (
          <li key={row.id} className={styles.row}>
            {pictured && <Thumb src={thumbOf(row)} size={56} />}
            <div className={styles.text}>
              <p className={styles.name}>{row.name}</p>
              <p className={styles.detail}>
                {[row.code, row.customer_code, row.spec].filter(Boolean).join(" · ")}
              </p>
              {packsOf(row) !== "" && <p className={styles.detail}>{packsOf(row)}</p>}
              <p className={`${styles.price} number`}>
                {row.price
                  ? quotesText.perUnit(formatMoney(row.price.unit_price), row.price.unit)
                  : quotesText.noPrice}
              </p>
            </div>
            {step(row)}
          </li>
        ))}
      </ul>
      {search.ready && search.rows.length === 0 && (
        <p className={styles.none}>
          <b>{looksLikeCode(text) ? scanText.unknown(text.trim()) : quotesText.noProduct}</b>
          {looksLikeCode(text) ? scanText.unknownHint : quotesText.noProductHint}
        </p>
      )}
    </Sheet>
  );
}
