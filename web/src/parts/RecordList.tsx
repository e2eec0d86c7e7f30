import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import styles from "./RecordList.module.css";
import { useIsPhone } from "./useIsPhone";

export interface Column<T> {
  key: string;
  head: string;
  cell: (row: T) => ReactNode;
  right?: boolean;
  /** Hidden on screens too narrow for all columns. */
  wide?: boolean;
  /** Gives way to the others: it is cut short before they leave the screen. */
  yields?: boolean;
}

export interface Glance {
  title: ReactNode;
  right?: ReactNode;
  sub?: ReactNode;
  subRight?: ReactNode;
}

interface RecordListProps<T> {
  label: string;
  rows: T[];
  rowKey: (row: T) => string | number;
  columns: Column<T>[];
  /** How one record reads on a phone, in two lines. */
  glance: (row: T) => Glance;
  link: (row: T) => LinkProps;
  /** Stays at the foot of the table. */
  totals?: ReactNode;
  /** Without a border of its own, inside a card. */
  bare?: boolean;
}

/** Records as a table on a wide screen and as two-line rows on a phone; a row opens its record. */
export function RecordList<T>({
  label,
  rows,
  rowKey,
  columns,
  glance,
  link,
  totals,
  bare = false,
}: RecordListProps<T>) {
  const phone = useIsPhone();
  const box = bare ? undefined : styles.box;
  if (phone) {
    return (
      <div className={box}>
        <ul aria-label={label}>
          {rows.map((row) => {
            const seen = glance(row);
            return (
              <li key={rowKey(row)} className={styles.item}>
                <Link {...link(row)} className={styles.itemLink}>
                  <span className={styles.line}>
                    <span className={styles.main}>{seen.title}</span>
                    <span className={styles.strong}>{seen.right}</span>
                  </span>
                  <span className={styles.line}>
                    <span className={styles.sub}>{seen.sub}</span>
                    <span className={styles.sub}>{seen.subRight}</span>
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
        {totals && <div className={styles.totals}>{totals}</div>}
      </div>
    );
  }
  const cellClass = (column: Column<T>) =>
    [column.right && styles.right, column.wide && styles.wide, column.yields && styles.yields]
      .filter(Boolean)
      .join(" ");
  return (
    <div className={box}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <caption className="hidden-text">{label}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={cellClass(column)}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column, index) => (
                  <td key={column.key} className={cellClass(column)}>
                    {index === 0 ? (
                      <Link {...link(row)} className={styles.cover}>
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {totals && <div className={styles.totals}>{totals}</div>}
    </div>
  );
}
