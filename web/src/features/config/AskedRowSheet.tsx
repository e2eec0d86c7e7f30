import { useState } from "react";
import type { AskedRow, ProductRow, RowDecision } from "../../api/types";
import { Choice, TextField } from "../../parts/Field";
import { asDecimal } from "../../parts/format";
import { ProductPick } from "../../parts/ProductPick";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { useTyped } from "../../parts/useTyped";
import { importText as words } from "../../text/imports";
import styles from "./Import.module.css";
import { likeliestOf } from "./importApi";

const PRICE_PLACES = 4;

interface AskedRowSheetProps {
  row: AskedRow;
  onSettle: (decision: RowDecision) => void;
  onClose: () => void;
}

/** Which product, which price, which unit a row means: only what is asked of it. */
export function AskedRowSheet({ row, onSettle, onClose }: AskedRowSheetProps) {
  const [product, setProduct] = useState<number | null>(likeliestOf(row)?.id ?? null);
  const [found, setFound] = useState<ProductRow | null>(null);
  const [price, setPrice] = useState("");
  const [unit, setUnit] = useState(row.units[0] ?? "");
  const typed = useTyped([product, price, unit]);
  const asks = (what: AskedRow["asks"][number]) => row.asks.includes(what);
  const figure = asDecimal(price, PRICE_PLACES);
  const priced = figure !== null && Number(figure) > 0;
  const ready = (!asks("product") || product !== null) && (!asks("price") || priced);
  return (
    <Sheet
      open
      onClose={onClose}
      title={words.settleTitle(row.row)}
      typed={typed}
      footer={
        <SheetActs
          onClose={onClose}
          disabled={!ready}
          onClick={() =>
            onSettle({
              sheet: row.sheet,
              row: row.row,
              ...(asks("product") && { product_id: product }),
              ...(asks("price") && { price: figure }),
              ...(asks("unit") && { unit }),
            })
          }
        >
          {words.settled}
        </SheetActs>
      }
    >
      <p className={styles.quiet}>{words.saying(row.said)}</p>
      {row.why.map((why) => (
        <p key={why} className={styles.missing}>
          {why}
        </p>
      ))}
      {asks("product") && (
        <fieldset className={styles.products}>
          <legend>{words.whichProduct}</legend>
          {row.products.map((one) => (
            <label key={one.id}>
              <input
                type="radio"
                name="product"
                checked={product === one.id}
                onChange={() => setProduct(one.id)}
              />
              {[one.name, one.code, one.spec].filter(Boolean).join(" · ")}
            </label>
          ))}
          <ProductPick
            picked={found}
            error={undefined}
            onPick={(picked) => {
              setFound(picked);
              setProduct(picked.id);
            }}
          />
        </fieldset>
      )}
      {asks("price") && (
        <TextField
          label={words.whichPrice}
          inputMode="decimal"
          value={price}
          error={price !== "" && !priced ? words.badPrice : undefined}
          onChange={(event) => setPrice(event.target.value)}
        />
      )}
      {asks("unit") && (
        <Choice label={words.whichUnit} value={unit} onChange={(event) => setUnit(event.target.value)}>
          {row.units.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Choice>
      )}
    </Sheet>
  );
}
