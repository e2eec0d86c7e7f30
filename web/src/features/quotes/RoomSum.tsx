import type { Subtotal } from "../../api/types";
import { formatMoney } from "../../parts/format";
import { agreeingText } from "../../text/agreeing";
import type { DraftLine } from "./draftModel";

interface RoomSumProps {
  line: DraftLine;
  subtotals: Subtotal[];
  className?: string;
}

/** After the last line of a room: what its lines come to. */
export function RoomSum({ line, subtotals, className }: RoomSumProps) {
  const sum = subtotals.find((one) => one.after === line.id && one.name === line.group);
  if (!sum) return null;
  return (
    <p className={className}>
      <span>{agreeingText.subtotal(sum.name)}</span>
      <b>{formatMoney(sum.amount)}</b>
    </p>
  );
}
