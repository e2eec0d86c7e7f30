import { useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ProductRow } from "../../api/types";
import { toast } from "../../parts/toast";
import { useListKeys } from "../../parts/useListKeys";
import { quotesText } from "../../text/quotes";
import { looksLikeCode } from "./codes";
import styles from "./LineGrid.module.css";
import { type Found, ProductDrop } from "./ProductDrop";
import { looksLikeQty, struck } from "./typedAhead";

const NOTHING: Found = { rows: [], ready: false };
/** A scanner strikes its digits faster. */
const SCANNER_PAUSE_MS = 200;

/** Whether digits behind a scanned code may be the beginning of the next one. */
const isUnfinished = (text: string, keys: string) =>
  looksLikeCode(text) && /\d$/.test(keys) && !keys.includes(".");

interface ProductCellProps {
  row: number;
  name: string;
  detail: string;
  customerId: number;
  placeholder?: string;
  begun?: string;
  /** `ahead` is what was struck after Enter while the answer was on its way; `typed` is what it was found by. */
  onPick: (product: ProductRow, ahead: string, typed: string) => void;
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
  begun = "",
  onPick,
  onEnter,
}: ProductCellProps) {
  const listId = useId();
  const [first = "", ...after] = begun.split("\n");
  const [text, setText] = useState<string | null>(first || null);
  const ahead = useRef<string | null>(after.length > 0 ? after.join("\n") : null);
  /** Keys after which there was a pause. */
  const settled = useRef<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  /** Until the focus moves on, a key must not pick a second time. */
  const picked = useRef(false);
  /** The last search found nothing: whoever types on blindly means a quantity next, not a product. */
  const missed = useRef(false);
  const open = text !== null && text.trim() !== "";
  const [search, setSearch] = useState(NOTHING);
  const isQty = (best: ProductRow | undefined) =>
    missed.current && looksLikeQty(text ?? "") && best?.code !== (text ?? "").trim();
  const miss = () => {
    if (missed.current && looksLikeQty(text ?? ""))
      toast(quotesText.qtyNotProduct((text ?? "").trim()), { tone: "fault" });
    missed.current = true;
    field.current?.select();
  };
  const pick = (product: ProductRow | undefined) => {
    ahead.current = null;
    if (!product) return;
    missed.current = false;
    setText(null);
    onPick(product, "", text ?? "");
  };
  const keys = useListKeys(
    search.ready ? search.rows.length : 0,
    (index) => pick(search.rows[index]),
    () => setText(null),
  );
  const [pause, setPause] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each pause it is looked at again.
  useEffect(() => {
    if (ahead.current === null || !search.ready) return;
    const keys = ahead.current;
    if (isUnfinished(text ?? "", keys) && settled.current !== keys) {
      const timer = setTimeout(() => {
        settled.current = keys;
        setPause((n) => n + 1);
      }, SCANNER_PAUSE_MS);
      return () => clearTimeout(timer);
    }
    ahead.current = null;
    const [best] = search.rows;
    // The next scan takes the place of what is not known.
    if (!best || isQty(best)) return miss();
    missed.current = false;
    picked.current = true;
    // At once, so that no key is struck between the pick and the field to which the hands go.
    queueMicrotask(() =>
      flushSync(() => {
        setText(null);
        onPick(best, keys, text ?? "");
      }),
    );
  }, [search.ready, search.rows, onPick, text, pause]);
  return (
    <div className={styles.product}>
      <input
        ref={field}
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
          ahead.current = null;
          picked.current = false;
          keys.setActive(0);
          setSearch((old) => ({ ...old, ready: false }));
          setText(event.target.value);
        }}
        onBlur={() => {
          picked.current = false;
          setText(null);
        }}
        onKeyDown={(event) => {
          if (picked.current) return event.preventDefault();
          if (open && ahead.current !== null && !(event.ctrlKey || event.metaKey || event.altKey)) {
            const more = struck(ahead.current, event.key);
            if (more !== null) {
              event.preventDefault();
              ahead.current = more;
              return;
            }
            if (event.key === "Escape") ahead.current = null;
          }
          if (!open) {
            if (event.key === "Enter" && !event.nativeEvent.isComposing && onEnter) {
              event.preventDefault();
              onEnter();
            }
            return;
          }
          if (event.key === "Enter" && !search.ready && !event.nativeEvent.isComposing) {
            event.preventDefault();
            ahead.current = "";
            return;
          }
          if (event.key === "Enter" && (search.rows.length === 0 || isQty(search.rows[keys.active]))) {
            event.preventDefault();
            return miss();
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
