import { Link } from "@tanstack/react-router";
import type { ConversionRow } from "../../api/types";
import { formatWan, today } from "../../parts/format";
import { quickText } from "../../text/quick";
import styles from "./ConversionPage.module.css";

const PARTS = ["signed", "lost", "cancelled", "expired", "open"] as const;
/** How the list of quotations calls a part: exactly those that its number counts. */
const PART_FILTERS: Record<"sent" | (typeof PARTS)[number], { state: string; lost?: string }> = {
  sent: { state: "issued,expired,signed,cancelled" },
  signed: { state: "signed" },
  lost: { state: "cancelled", lost: "any" },
  cancelled: { state: "cancelled", lost: "no" },
  expired: { state: "expired" },
  open: { state: "issued" },
};
const NAMES: Record<string, string> = {
  person: quickText.person,
  category: quickText.category,
  month: quickText.month,
};

type Asked = { by: string; rows: ConversionRow[]; from: string; to: string };

/** The figures of each group; what the running month has still open is said beside it. */
export function ConversionTable({ by, rows, from, to }: Asked) {
  const running = today().slice(0, "2026-11".length);
  const search = (row: ConversionRow, part: keyof typeof PART_FILTERS) => {
    const month = by === "month" ? monthOf(row.name, from, to) : { from, to };
    return {
      ...month,
      ...PART_FILTERS[part],
      owner: by === "person" ? (row.id ?? undefined) : undefined,
      category: by === "category" ? (row.id ?? undefined) : undefined,
    };
  };
  // Goods without a category cannot be asked of the list.
  const figure = (row: ConversionRow, part: keyof typeof PART_FILTERS) =>
    row[part].count === 0 || (by === "category" && row.id === null) ? (
      <span className={styles.figure}>
        {row[part].count}
        <small>{formatWan(row[part].net)}</small>
      </span>
    ) : (
      <Link to="/quotes" search={search(row, part)} className={`${styles.figure} ${styles.link}`}>
        {row[part].count}
        <small>{formatWan(row[part].net)}</small>
      </Link>
    );
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{NAMES[by]}</th>
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
          {rows.map((row) => (
            <tr key={`${row.id} ${row.name}`}>
              <th scope="row">
                {row.name || quickText.noCategory}
                {by === "month" && row.name === running && row.open.count > 0 && (
                  <small className={styles.still}>{quickText.stillOpen(row.open.count)}</small>
                )}
              </th>
              <td>
                <b>{row.rate_permille === null ? "" : quickText.percent(row.rate_permille)}</b>
              </td>
              <td>{row.money_permille === null ? "" : quickText.percent(row.money_permille)}</td>
              <td>{figure(row, "sent")}</td>
              {PARTS.map((part) => (
                <td key={part}>{figure(row, part)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The days of a month that lie within the period. */
function monthOf(month: string, from: string, to: string) {
  const [year, number] = month.split("-").map(Number);
  const days = new Date(Date.UTC(year ?? 0, number ?? 1, 0)).getUTCDate();
  const [first, last] = [`${month}-01`, `${month}-${String(days).padStart(2, "0")}`];
  return { from: first < from ? from : first, to: last > to ? to : last };
}
