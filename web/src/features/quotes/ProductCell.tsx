import { useEffect, useId, useRef, useState } from "react";
import type { ProductRow } from "../../api/types";
import { useListKeys } from "../../parts/useListKeys";
import { quotesText } from "../../text/quotes";
import styles from "./LineGrid.module.css";
import { type Found, ProductDrop } from "./ProductDrop";

const NOTHING: Found = { rows: [], ready: false };

interface ProductCellProps {
  row: number;
  name: string;
  detail: string;
  customerId: number;
  placeholder?: string;
  onPick: (product: ProductRow) => void;
  /** Enter while nothing is being searched. */
  onEnter?: () => void;
}

/** Finds a product by name, code, barcode or pinyin initials; a scanner's Enter waits for its own answer. */
export function ProductCell({
  row,
  name,
  detail,
  customerId,
  placeholder,
  onPick,
  onEnter,
}: ProductCellProps) {
  const listId = useId();
  const [text, setText] = useState<string | null>(null);
  const entered = useRef(false);
  const open = text !== null && text.trim() !== "";
  const [search, setSearch] = useState(NOTHING);
  const pick = (product: ProductRow | undefined) => {
    entered.current = false;
    if (!product) return;
    setText(null);
    onPick(product);
  };
  const keys = useListKeys(
    search.ready ? search.rows.length : 0,
    (index) => pick(search.rows[index]),
    () => setText(null),
  );
  useEffect(() => {
    if (entered.current && search.ready) {
      entered.current = false;
      const only = search.rows[0];
      if (only) {
        setText(null);
        onPick(only);
      }
    }
  }, [search.ready, search.rows, onPick]);
  return (
    <div className={styles.product}>
      <input
        data-row={row}
        data-cell="product"
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && search.rows.length > 0 ? `${listId}-${keys.active}` : undefined}
        aria-label={`${quotesText.line(row + 1)} ${quotesText.product}`}
        className={styles.name}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        placeholder={placeholder}
        value={text ?? name}
        onChange={(event) => {
          entered.current = false;
          keys.setActive(0);
          setSearch((old) => ({ ...old, ready: false }));
          setText(event.target.value);
        }}
        onBlur={() => setText(null)}
        onKeyDown={(event) => {
          if (!open) {
            if (event.key === "Enter" && !event.nativeEvent.isComposing && onEnter) {
              event.preventDefault();
              onEnter();
            }
            return;
          }
          if (event.key === "Enter" && !search.ready && !event.nativeEvent.isComposing) {
            event.preventDefault();
            entered.current = true;
            return;
          }
          keys.onKeyDown(event);
        }}
      />
      {text === null && detail !== "" && <span className={styles.detail}>{detail}</span>}
      {open && (
        <ProductDrop
          id={listId}
          text={text}
          customerId={customerId}
          active={keys.active}
          onFound={setSearch}
          onHover={keys.setActive}
          onPick={pick}
        />
      )}
    </div>
  );
}
