import { useState } from "react";
import type { ConversionRow } from "../../api/types";
import { Choice } from "../../parts/Field";
import { today } from "../../parts/format";
import { useIsPhone } from "../../parts/useIsPhone";
import { quickText } from "../../text/quick";
import { ConversionCards } from "./ConversionCards";
import { ConversionFigure } from "./ConversionFigure";
import styles from "./ConversionPage.module.css";
import { type Asked, inOrder, type NamedRow, type Order, PARTS, rateReads, totalOf } from "./conversionRows";

const NAMES: Record<string, string> = {
  person: quickText.person,
  category: quickText.category,
  month: quickText.month,
};
const ORDERS = Object.keys(quickText.orders) as Exclude<Order, "usual">[];

/** The figures of each group and of all; what the running month has still open is said beside it. */
export function ConversionTable({ rows, ...asked }: Asked & { rows: ConversionRow[] }) {
  const phone = useIsPhone();
  const [order, setOrder] = useState<Order>("usual");
  const running = today().slice(0, "2026-11".length);
  const beside = (row: ConversionRow) =>
    asked.by === "month" && row.name === running && row.open.count > 0
      ? quickText.stillOpen(row.open.count)
      : null;
  const sorted = inOrder(rows, order);
  // A quotation counts in each of its categories.
  const total = asked.by === "category" || rows.length < 2 ? null : totalOf(rows);
  return (
    <>
      {rows.length > 1 && (
        <div className={styles.order}>
          <Choice
            label={quickText.orderBy}
            value={order}
            onChange={(event) => setOrder(event.target.value as Order)}
          >
            <option value="usual">{quickText.usualOrders[asked.by]}</option>
            {ORDERS.map((one) => (
              <option key={one} value={one}>
                {quickText.orders[one]}
              </option>
            ))}
          </Choice>
        </div>
      )}
      {phone ? (
        <ConversionCards rows={sorted} total={total} asked={asked} beside={beside} />
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{NAMES[asked.by]}</th>
                <th scope="col">{quickText.rate}</th>
                <th scope="col">{quickText.moneyRate}</th>
                <th scope="col">{quickText.sent}</th>
                {PARTS.map((part) => (
                  <th key={part} scope="col">
                    {quickText[part]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sorted.map((row) => (
                <Row
                  key={`${row.id} ${row.name}`}
                  row={row}
                  name={row.name || quickText.noCategory}
                  asked={asked}
                  beside={beside(row)}
                />
              ))}
            </tbody>
            {total && (
              <tfoot>
                <Row row={total} name={quickText.total} asked={null} beside={null} />
              </tfoot>
            )}
          </table>
        </div>
      )}
    </>
  );
}

function Row({ row, name, asked, beside }: NamedRow) {
  return (
    <tr>
      <th scope="row">
        {name}
        {beside !== null && <small className={styles.still}>{beside}</small>}
      </th>
      <td>
        <b>{rateReads(row, "rate_permille")}</b>
      </td>
      <td>{rateReads(row, "money_permille")}</td>
      {(["sent", ...PARTS] as const).map((part) => (
        <td key={part}>
          <ConversionFigure row={row} part={part} asked={asked} />
        </td>
      ))}
    </tr>
  );
}
