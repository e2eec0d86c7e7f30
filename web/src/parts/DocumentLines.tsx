import { Fragment, useState } from "react";
import type { PricedLine, Subtotal } from "../api/types";
import { agreeingText } from "../text/agreeing";
import { quotesText } from "../text/quotes";
import styles from "./DocumentLines.module.css";
import { formatMoney, group, trimZeros } from "./format";
import { packOf } from "./packs";
import { productLabel } from "./productLabel";
import { beforeReduction, paperPrice } from "./reductions";
import { TraceSheet } from "./TraceSheet";
import { useIsPhone } from "./useIsPhone";

/** The frozen lines of a quotation or an order; a tap on a price tells why. */
export function DocumentLines({ lines, subtotals = [] }: { lines: PricedLine[]; subtotals?: Subtotal[] }) {
  const phone = useIsPhone();
  const [asked, setAsked] = useState<PricedLine | null>(null);
  // Whoever may not see prices gets lines without any.
  const priced = lines.some((line) => line.unit_price !== null);
  return (
    <>
      {phone ? (
        <ul>
          {lines.map((line) => (
            <li key={line.id}>
              <button type="button" className={styles.card} disabled={!priced} onClick={() => setAsked(line)}>
                <span className={styles.line}>
                  <span className={styles.name}>
                    {line.product.name}
                    {line.note !== "" && <small className={styles.note}>{line.note}</small>}
                  </span>
                  <b className="number">{line.net !== null && formatMoney(line.net)}</b>
                </span>
                <span className={`${styles.line} ${styles.sub}`}>
                  <span>
                    {[line.product.code, line.product.customer_code, line.product.spec]
                      .filter(Boolean)
                      .join(" · ")}
                    {priced && <span className="hidden-text">{quotesText.why}</span>}
                  </span>
                  <span className="number">
                    {paperPrice(line) !== null && `${formatMoney(paperPrice(line) ?? "")} × `}
                    {trimZeros(line.qty)} {line.unit}
                  </span>
                </span>
                {beforeReduction(line) !== null && (
                  <span className={`${styles.pack} ${styles.sub}`}>{beforeReduction(line)}</span>
                )}
                {packOf(line.product, line.unit) !== "" && (
                  <span className={`${styles.pack} ${styles.sub}`}>{packOf(line.product, line.unit)}</span>
                )}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{quotesText.product}</th>
                <th scope="col">{quotesText.spec}</th>
                <th scope="col" className={styles.right}>
                  {quotesText.qty}
                </th>
                {priced && (
                  <>
                    <th scope="col" className={styles.right}>
                      {quotesText.priceHead}
                    </th>
                    <th scope="col" className={styles.right}>
                      {quotesText.sumHead}
                    </th>
                  </>
                )}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <Fragment key={line.id}>
                  <tr>
                    <th scope="row" className={styles.name}>
                      {line.product.name}
                      {line.product.code !== "" && <small>{line.product.code}</small>}
                      {line.group !== "" && <small>{line.group}</small>}
                      {line.note !== "" && <small className={styles.note}>{line.note}</small>}
                    </th>
                    <td className={styles.quiet}>{line.product.spec}</td>
                    <td className={styles.right}>
                      {trimZeros(line.qty)} {line.unit}
                      {packOf(line.product, line.unit) !== "" && (
                        <small className={styles.pack}>{packOf(line.product, line.unit)}</small>
                      )}
                    </td>
                    {priced && <LineMoney line={line} onWhy={() => setAsked(line)} />}
                  </tr>
                  {subtotals
                    .filter((one) => one.after === line.id)
                    .map((one) => (
                      <tr key={one.name}>
                        <th scope="row" colSpan={4} className={styles.quiet}>
                          {agreeingText.subtotal(one.name)}
                        </th>
                        <td className={styles.right}>
                          <b>{group(one.amount)}</b>
                        </td>
                      </tr>
                    ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <TraceSheet line={asked} onClose={() => setAsked(null)} />
    </>
  );
}

function LineMoney({ line, onWhy }: { line: PricedLine; onWhy: () => void }) {
  return (
    <>
      <td className={styles.right}>
        <button
          type="button"
          className={styles.price}
          onClick={onWhy}
          title={quotesText.why}
          aria-label={quotesText.whyOf(group(paperPrice(line) ?? ""), productLabel(line.product))}
        >
          {group(paperPrice(line) ?? "")}
        </button>
      </td>
      <td className={styles.right}>
        {line.net !== null && group(line.net)}
        {beforeReduction(line) !== null && <small className={styles.pack}>{beforeReduction(line)}</small>}
      </td>
    </>
  );
}
