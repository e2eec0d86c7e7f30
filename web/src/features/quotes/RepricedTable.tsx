import type { Repriced } from "../../api/types";
import { formatMoney, group, signed, trimZeros } from "../../parts/format";
import { quotesText } from "../../text/quotes";
import styles from "./RepricedTable.module.css";

const rises = (difference: string) => !difference.startsWith("-") && !/^0(\.0*)?$/.test(difference);

/** Old against new prices, line by line, with the difference that results. */
export function RepricedTable({ repriced }: { repriced: Repriced }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{quotesText.product}</th>
            <th scope="col">{quotesText.old}</th>
            <th scope="col">{quotesText.now}</th>
            <th scope="col">{quotesText.difference}</th>
          </tr>
        </thead>
        <tbody>
          {repriced.lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                {line.name}
                <small>
                  {trimZeros(line.qty)} {line.unit}
                </small>
              </th>
              <td className={styles.old}>{line.old_unit_price !== null && group(line.old_unit_price)}</td>
              <td>{line.refusal?.detail ?? (line.new_unit_price !== null && group(line.new_unit_price))}</td>
              <td className={line.difference !== null && rises(line.difference) ? styles.up : undefined}>
                {line.difference !== null && group(signed(line.difference))}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{quotesText.gross}</th>
            <td className={styles.old}>{formatMoney(repriced.old.net)}</td>
            <td>{formatMoney(repriced.new.net)}</td>
            <td className={rises(repriced.difference) ? styles.up : undefined}>
              {group(signed(repriced.difference))}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
