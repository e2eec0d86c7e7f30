import type { PricedLine, Quote } from "../../api/types";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";

interface LineFaultsProps {
  priced: PricedLine;
  /** Why it lies beyond the own limit. */
  beyond?: string;
  /** Classes of a line without a price, and of one under the floor. */
  styles: { readonly refusal?: string; readonly floor?: string };
}

/** Why the line lies beyond the own limit, and who may go so far; nothing when it does not. */
export const beyondLimit = (problems: Quote["problems"], line: string) =>
  problems.find((one) => one.line_id === line && one.code === "beyond_limit")?.detail;

/** Why a line has no price, or that its price needs somebody with the right; who that is, is told once for the draft. */
export function LineFaults({ priced, beyond, styles }: LineFaultsProps) {
  if (priced.refusal) {
    return (
      <p className={styles.refusal} role="alert">
        <Icon name="warning" size={16} />
        {priced.refusal.detail}
      </p>
    );
  }
  if (!priced.below_floor && !beyond) return null;
  return (
    <p className={styles.floor}>
      <Icon name="warning" size={16} />
      {beyond ? quotesText.beyondOwn : quotesText.belowFloor}
    </p>
  );
}
