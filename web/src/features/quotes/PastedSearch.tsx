import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { LineProduct } from "../../api/types";
import { inputClass } from "../../parts/Field";
import { formatMoney } from "../../parts/format";
import { ProblemNote } from "../../parts/ProblemNote";
import pick from "../../parts/ProductPick.module.css";
import { useListKeys } from "../../parts/useListKeys";
import { useProductSearch } from "../../parts/useProductSearch";
import { quickText } from "../../text/quick";
import { quotesText } from "../../text/quotes";
import { asLineProduct } from "./draftModel";
import type { PastedChoice } from "./pastedLines";

interface PastedSearchProps {
  choice: PastedChoice;
  customer: number;
  onPick: (product: LineProduct) => void;
}

/** Finds the product of a pasted line by hand, each with this customer's price; quantity and unit stay as they were. */
export function PastedSearch({ choice, customer, onPick }: PastedSearchProps) {
  const [text, setText] = useState(choice.term);
  const search = useProductSearch(text, customer);
  const keys = useListKeys(search.ready ? search.rows.length : 0, (index) => {
    const row = search.rows[index];
    if (row) onPick(asLineProduct(row));
  });
  return (
    <div>
      <input
        type="search"
        className={inputClass}
        aria-label={quickText.searchFor(choice.text)}
        placeholder={quotesText.findProduct}
        autoComplete="off"
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keys.onKeyDown}
        // biome-ignore lint/a11y/noAutofocus: it was opened to be typed into.
        autoFocus
      />
      {search.error && <ProblemNote problem={asProblem(search.error)} />}
      <div role="listbox" aria-label={quickText.meant(choice.text)} className={pick.list}>
        {search.rows.map((row, index) => (
          <button
            key={row.id}
            type="button"
            role="option"
            aria-selected={index === keys.active}
            tabIndex={-1}
            className={pick.option}
            onMouseMove={() => keys.setActive(index)}
            onClick={() => onPick(asLineProduct(row))}
          >
            {row.name}
            <small>
              {[
                row.code,
                row.spec,
                row.price
                  ? quotesText.perUnit(formatMoney(row.price.unit_price), row.price.unit)
                  : quotesText.noPrice,
              ]
                .filter(Boolean)
                .join(" · ")}
            </small>
          </button>
        ))}
      </div>
      {search.ready && search.rows.length === 0 && <p role="status">{quotesText.noProduct}</p>}
    </div>
  );
}
