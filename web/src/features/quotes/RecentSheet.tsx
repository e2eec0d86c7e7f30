import { useQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { randomKey } from "../../api/ids";
import type { BoughtProduct, LineProduct } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatDay, formatMoney, trimZeros } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { productLabel } from "../../parts/productLabel";
import { Sheet } from "../../parts/Sheet";
import { baseText } from "../../text/base";
import { quickText } from "../../text/quick";
import type { DraftDoc } from "./draftModel";
import styles from "./RecentSheet.module.css";
import type { ChangeDraft } from "./useQuoteDraft";

interface RecentSheetProps {
  /** What this person quoted lately, or what this customer bought last. */
  part: "recent" | "same";
  doc: DraftDoc;
  change: ChangeDraft;
  onClose: () => void;
}

/** What this customer bought last, with the price then and now; or what this person quoted lately. */
export function RecentSheet({ part, doc, change, onClose }: RecentSheetProps) {
  const customer = doc.customerId;
  const query = useQuery({
    queryKey: ["quotes", "recent", customer],
    queryFn: ({ signal }) =>
      read(client.GET("/api/quotes/recent-products", { params: { query: { customer } }, signal })),
  });
  const has = (product: LineProduct) => doc.lines.some((line) => line.product.id === product.id);
  const lineOf = ({ product, qty, unit }: BoughtProduct) => ({
    id: randomKey(),
    product,
    qty: trimZeros(qty),
    unit: product.units.some((one) => one.unit === unit) ? unit : product.base_unit,
    note: "",
  });
  return (
    <Sheet
      open
      onClose={onClose}
      title={part === "same" ? quickText.sameTitle : quickText.recentTitle}
      size={640}
      tall
      footer={
        <Button look="primary" onClick={onClose}>
          {baseText.close}
        </Button>
      }
    >
      <Loaded query={query}>
        {(recent) => {
          const missing = recent.bought.filter(({ product }) => !has(product));
          return part === "same" ? (
            <>
              {missing.length > 1 && (
                <div className={styles.head}>
                  <Button small onClick={() => change({ kind: "addMany", lines: missing.map(lineOf) })}>
                    {quickText.addAll}
                  </Button>
                </div>
              )}
              {recent.bought.length === 0 && <p className={styles.quiet}>{quickText.nothingBought}</p>}
              <ul>
                {recent.bought.map((it) => (
                  <Row
                    key={it.product.id}
                    product={it.product}
                    detail={quickText.boughtOn(formatDay(it.day), trimZeros(it.qty), it.unit)}
                    price={priceOf(it)}
                    has={has(it.product)}
                    word={quickText.addSame}
                    onAdd={() => change({ kind: "addMany", lines: [lineOf(it)] })}
                  />
                ))}
              </ul>
            </>
          ) : (
            <>
              {recent.own.length === 0 && <p className={styles.quiet}>{quickText.nothingOwn}</p>}
              <ul>
                {recent.own.map((product) => (
                  <Row
                    key={product.id}
                    product={product}
                    has={has(product)}
                    word={quickText.add}
                    onAdd={() => change({ kind: "add", id: randomKey(), product })}
                  />
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
    </Sheet>
  );
}

function priceOf({ price_then, price_now }: BoughtProduct) {
  if (price_now === null)
    return price_then === null ? undefined : quickText.noPriceNow(formatMoney(price_then));
  if (price_then === null || price_then === price_now) return quickText.sameThen(formatMoney(price_now));
  return quickText.thenNow(formatMoney(price_then), formatMoney(price_now));
}

interface RowProps {
  product: LineProduct;
  detail?: string;
  price?: string;
  has: boolean;
  word: string;
  onAdd: () => void;
}

function Row({ product, detail, price, has, word, onAdd }: RowProps) {
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <b>{product.name}</b>
        <small>{[product.code, product.spec].filter(Boolean).join(" · ")}</small>
        {detail && <small>{detail}</small>}
        {price && <small className="number">{price}</small>}
      </div>
      <Button
        small
        icon={has ? "check" : "plus"}
        disabled={has}
        aria-label={`${has ? quickText.added : word} ${productLabel(product)}`}
        onClick={onAdd}
      >
        {has ? quickText.added : word}
      </Button>
    </li>
  );
}
