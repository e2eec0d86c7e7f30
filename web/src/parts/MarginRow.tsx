import type { Margin } from "../api/types";
import { agreeingText } from "../text/agreeing";
import { formatMoney } from "./format";
import styles from "./MarginRow.module.css";

/** How a margin reads: amount and share. */
export const marginReads = (margin: Margin) =>
  agreeingText.marginReads(formatMoney(margin.amount), margin.percent ?? null);

/** What a document earns; nothing for those who do not see cost. */
export function MarginRow({ margin }: { margin: Margin | null | undefined }) {
  if (margin === undefined) return null;
  return (
    <p className={styles.row}>
      <span>{agreeingText.margin}</span>
      <span className="number">{margin === null ? agreeingText.marginUnknown : marginReads(margin)}</span>
    </p>
  );
}
