import { formatMoney } from "../../parts/format";
import { Note } from "../../parts/Note";
import { quotesText } from "../../text/quotes";
import type { FarAbove } from "./farAbove";

/** Says which prices by hand lie far above those of the rules; a digit too much is quickly typed. */
export function FarAboveNote({ found }: { found: readonly FarAbove[] }) {
  return (
    <div style={{ display: "grid", gap: 8, margin: "12px 0" }}>
      {found.map((one) => (
        <Note key={one.id}>
          <span>{farAboveReads(one)}</span>
        </Note>
      ))}
    </div>
  );
}

function farAboveReads({ row, name, price, system, percent }: FarAbove): string {
  const told = quotesText.farAbove(row, name, formatMoney(price), formatMoney(system));
  return percent === null ? told : quotesText.farAbovePercent(told, percent);
}
