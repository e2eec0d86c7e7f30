import type { ConversionRow } from "../../api/types";
import { quickText } from "../../text/quick";
import { ConversionFigure } from "./ConversionFigure";
import styles from "./ConversionPage.module.css";
import { type Asked, type NamedRow, PARTS, rateReads } from "./conversionRows";

interface ConversionCardsProps {
  rows: ConversionRow[];
  total: ConversionRow | null;
  asked: Asked;
  /** What is said beside the name of a row. */
  beside: (row: ConversionRow) => string | null;
}

/** On a phone: who, how many of how many, and the rate; the rest when it is opened. */
export function ConversionCards({ rows, total, asked, beside }: ConversionCardsProps) {
  return (
    <ul className={styles.cards}>
      {rows.map((row) => (
        <li key={`${row.id} ${row.name}`}>
          <Card row={row} name={row.name || quickText.noCategory} asked={asked} beside={beside(row)} />
        </li>
      ))}
      {total && (
        <li>
          <Card row={total} name={quickText.total} asked={null} beside={null} />
        </li>
      )}
    </ul>
  );
}

function Card({ row, name, asked, beside }: NamedRow) {
  return (
    <details>
      <summary className={styles.card}>
        <span>
          {name}
          {beside !== null && <small className={styles.still}>{beside}</small>}
        </span>
        <span className={styles.of}>{quickText.signedOf(row.signed.count, row.sent.count)}</span>
        <b>{rateReads(row, "rate_permille")}</b>
      </summary>
      <dl className={styles.parts}>
        <div>
          <dt>{quickText.moneyRate}</dt>
          <dd>{rateReads(row, "money_permille")}</dd>
        </div>
        {(["sent", ...PARTS] as const).map((part) => (
          <div key={part}>
            <dt>{quickText[part]}</dt>
            <dd>
              <ConversionFigure row={row} part={part} asked={asked} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
