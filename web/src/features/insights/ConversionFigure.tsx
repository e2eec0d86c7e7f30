import { Link } from "@tanstack/react-router";
import type { ConversionRow } from "../../api/types";
import { formatWan } from "../../parts/format";
import styles from "./ConversionPage.module.css";
import { type Asked, type Figure, listOf } from "./conversionRows";

interface ConversionFigureProps {
  row: ConversionRow;
  part: Figure;
  /** None: it leads nowhere. */
  asked: Asked | null;
}

/** How many, and what they come to; the way to just those. */
export function ConversionFigure({ row, part, asked }: ConversionFigureProps) {
  const search = asked && listOf(row, part, asked);
  const said = (
    <>
      {row[part].count}
      <small>{formatWan(row[part].net)}</small>
    </>
  );
  if (!search) return <span className={styles.figure}>{said}</span>;
  return (
    <Link to="/quotes" search={search} className={`${styles.figure} ${styles.link}`}>
      {said}
    </Link>
  );
}
