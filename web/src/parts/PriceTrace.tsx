import type { PricedLine } from "../api/types";
import { agreeingText } from "../text/agreeing";
import { quotesText } from "../text/quotes";
import { formatMoney, trimZeros } from "./format";
import { marginReads } from "./MarginRow";
import styles from "./PriceTrace.module.css";

/** Why a line costs what it costs: each rule with what went in and what came out. */
export function PriceTrace({ line }: { line: PricedLine }) {
  return (
    <div>
      <p className={styles.name}>
        {line.product.name} <span>{line.product.spec}</span>
      </p>
      {line.trace.length === 0 && <p className={styles.sentence}>{quotesText.noTrace}</p>}
      <ol className={styles.steps}>
        {line.trace.map((step) => (
          <li key={`${step.stage} ${step.rule} ${step.sentence}`} className={styles.step}>
            <span className={styles.sentence}>{step.sentence}</span>
            <span className={`${styles.out} number`}>{step.out}</span>
          </li>
        ))}
      </ol>
      {line.unit_price !== null && line.net !== null && (
        <dl className={styles.result}>
          <div>
            <dt>{quotesText.price}</dt>
            <dd className="number">{quotesText.perUnit(formatMoney(line.unit_price), line.unit)}</dd>
          </div>
          <div>
            <dt>{quotesText.qty}</dt>
            <dd className="number">
              {trimZeros(line.qty)} {line.unit}
              {line.base_qty !== null && line.unit !== line.product.base_unit && (
                <small> {quotesText.baseQty(trimZeros(line.base_qty), line.product.base_unit)}</small>
              )}
            </dd>
          </div>
          <div>
            <dt>{quotesText.sum}</dt>
            <dd className="number">{formatMoney(line.net)}</dd>
          </div>
          <div>
            <dt>
              {quotesText.netExTax} · {quotesText.taxRate(trimZeros(line.product.tax_rate))}
            </dt>
            <dd className="number">{line.net_ex_tax !== null && formatMoney(line.net_ex_tax)}</dd>
          </div>
          {line.manual?.unit_price != null && (
            <div>
              <dt>{agreeingText.afterChange}</dt>
              <dd className="number">{quotesText.perUnit(formatMoney(line.manual.unit_price), line.unit)}</dd>
            </div>
          )}
          {line.margin && (
            <div>
              <dt>{agreeingText.margin}</dt>
              <dd className="number">{marginReads(line.margin)}</dd>
            </div>
          )}
          {line.floor_price != null && (
            <div>
              <dt>{quotesText.floor}</dt>
              <dd className="number">{formatMoney(line.floor_price)}</dd>
            </div>
          )}
        </dl>
      )}
      {line.refusal && <p className={styles.refusal}>{line.refusal.detail}</p>}
    </div>
  );
}
