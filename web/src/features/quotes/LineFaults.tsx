import type { PricedLine } from "../../api/types";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";

interface LineFaultsProps {
  priced: PricedLine;
  /** Classes of a line without a price, and of one under the floor. */
  styles: { readonly refusal?: string; readonly floor?: string };
}

/** Why a line has no price, or that its price needs somebody with the right. */
export function LineFaults({ priced, styles }: LineFaultsProps) {
  if (priced.refusal) {
    return (
      <p className={styles.refusal} role="alert">
        <Icon name="warning" size={16} />
        {priced.refusal.detail}
      </p>
    );
  }
  if (!priced.below_floor) return null;
  return (
    <p className={styles.floor}>
      <Icon name="warning" size={16} />
      {quotesText.belowFloor}
    </p>
  );
}
