import type { PricedLine } from "../../api/types";
import { formatMoney } from "../../parts/format";
import { marginReads } from "../../parts/MarginRow";
import { beforeReduction } from "../../parts/reductions";
import { agreeingText } from "../../text/agreeing";
import { baseText } from "../../text/base";

/** What was agreed on a line: its room, the price before another was set, its sum before what is taken off, and (by right) what it earns. */
export function LineAgreed({ priced, className }: { priced: PricedLine; className?: string }) {
  const parts = [
    priced.group,
    priced.manual?.unit_price != null &&
      priced.unit_price !== null &&
      agreeingText.changed(formatMoney(priced.unit_price)),
    beforeReduction(priced),
    priced.margin && `${agreeingText.margin} ${marginReads(priced.margin)}`,
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return <p className={className}>{parts.join(baseText.between)}</p>;
}
