import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Quote } from "../../api/types";
import { Card } from "../../parts/Card";
import { formatMoney, group, trimZeros } from "../../parts/format";
import { QuoteState } from "../../parts/QuoteState";
import { agreeingText } from "../../text/agreeing";
import styles from "./OptionsCard.module.css";
import { quoteQuery } from "./quoteApi";
import { sideBySide } from "./sideBySide";

/** The alternatives of an offer beside each other, goods in rows; nothing when there is only one. */
export function OptionsCard({ quote }: { quote: Quote }) {
  const others = quote.options.filter((one) => one.id !== quote.id);
  const read = useQueries({ queries: others.map((one) => quoteQuery(one.id)) });
  if (quote.options.length < 2) return null;
  const known = new Map([
    [quote.id, quote],
    ...read.flatMap((one) => (one.data ? [[one.data.id, one.data] as const] : [])),
  ]);
  const shown = quote.options.filter((one) => known.has(one.id));
  const rows = sideBySide(shown.map((one) => known.get(one.id) ?? quote));
  return (
    <Card title={agreeingText.optionsTitle} flush>
      <p className={styles.hint}>{agreeingText.optionsHint}</p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <td />
              {shown.map((one) => (
                <th key={one.id} scope="col">
                  {one.id === quote.id ? (
                    agreeingText.optionNamed(one.name)
                  ) : (
                    <Link to="/quotes/$quoteId" params={{ quoteId: String(one.id) }}>
                      {agreeingText.optionNamed(one.name)}
                    </Link>
                  )}{" "}
                  <QuoteState state={one.state} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                {row.cells.map((line, at) => (
                  <td key={shown[at]?.id}>
                    {line === null ? (
                      <span className={styles.absent}>{agreeingText.optionAbsent}</span>
                    ) : (
                      <>
                        {line.net !== null && group(line.net)}
                        <small>
                          {trimZeros(line.qty)} {line.unit}
                        </small>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{agreeingText.optionTotal}</th>
              {shown.map((one) => (
                <td key={one.id}>{formatMoney(known.get(one.id)?.totals.net ?? one.net)}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  );
}
