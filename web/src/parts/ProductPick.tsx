import { useId, useState } from "react";
import type { ProductRow } from "../api/types";
import { configText } from "../text/config";
import { quotesText } from "../text/quotes";
import { Field, inputClass } from "./Field";
import styles from "./ProductPick.module.css";
import { useListKeys } from "./useListKeys";
import { useProductSearch } from "./useProductSearch";

interface ProductPickProps {
  picked: ProductRow | null;
  error: string | undefined;
  onPick: (product: ProductRow) => void;
}

/** Finds a product. */
export function ProductPick({ picked, error, onPick }: ProductPickProps) {
  const listId = useId();
  const [text, setText] = useState<string | null>(null);
  const open = text !== null && text.trim() !== "";
  const search = useProductSearch(text ?? "", undefined, open);
  const pick = (product: ProductRow | undefined) => {
    if (!product) return;
    setText(null);
    onPick(product);
  };
  const keys = useListKeys(search.ready ? search.rows.length : 0, (index) => pick(search.rows[index]));
  return (
    <Field label={configText.kinds.price_list.product} error={error}>
      {(ids) => (
        <div>
          <input
            {...ids}
            role="combobox"
            aria-expanded={open}
            aria-controls={listId}
            className={inputClass}
            autoComplete="off"
            placeholder={quotesText.findProduct}
            maxLength={100}
            value={text ?? (picked ? `${picked.name} · ${picked.code}` : "")}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (open) keys.onKeyDown(event);
            }}
            data-autofocus
          />
          {open && (
            <div
              id={listId}
              role="listbox"
              aria-label={configText.kinds.price_list.product}
              className={styles.list}
            >
              {search.rows.map((row, index) => (
                <button
                  key={row.id}
                  type="button"
                  role="option"
                  aria-selected={index === keys.active}
                  tabIndex={-1}
                  className={styles.option}
                  onMouseMove={() => keys.setActive(index)}
                  onClick={() => pick(row)}
                >
                  {row.name}
                  <small>{[row.code, row.spec].filter(Boolean).join(" · ")}</small>
                </button>
              ))}
            </div>
          )}
        </div>
      )}
    </Field>
  );
}
