import type { LineManual, PricedLine } from "../../api/types";
import { roundedToFen } from "../../parts/fen";
import { formatMoney, trimZeros } from "../../parts/format";
import { aroundChange, sharesWhole } from "../../parts/reductions";
import { agreeingText } from "../../text/agreeing";
import { baseText } from "../../text/base";
import styles from "./Agreeing.module.css";
import { type DraftDoc, type DraftLine, inputOf } from "./draftModel";
import { ForeseenNote } from "./ForeseenNote";
import { useForeseen } from "./useForeseen";

interface LineForeseenProps {
  doc: DraftDoc;
  line: DraftLine;
  /** What is typed; none while it is no figure, or while the rules decide. */
  manual: LineManual | null | undefined;
}

/**
 * What the line comes to with what is being typed, its share of what is taken off the whole among it, how far that lies
 * below or above the tier price, and what the customer sees. The whole document is asked about: a share depends on all lines.
 */
export function LineForeseen({ doc, line, manual }: LineForeseenProps) {
  const changed = doc.lines.map((one) =>
    one.id === line.id ? { ...line, manual: manual ?? undefined } : one,
  );
  const { customer_id, lines, whole } = inputOf({ ...doc, lines: changed });
  const foreseen = useForeseen(
    manual ? { customer_id, lines, includes_tax: doc.terms?.includes_tax, whole } : null,
  );
  if (foreseen === "unknown") return <p role="status">{agreeingText.unforeseen}</p>;
  const priced = foreseen?.priced.lines.find((one) => one.id === line.id);
  if (!foreseen || !priced) return null;
  const below = priced.percent_below ?? null;
  // What is taken off the whole may bring the line below the tier price all the same.
  const above = below === null ? priced.percent_above : null;
  return (
    <ForeseenNote
      foreseen={foreseen}
      of={line.id}
      bound={priced.lowest_unit_price != null}
      above={above}
      sees={manual?.unit_price ? agreeingText.seesNew : agreeingText.seesBefore}
    >
      {manual?.unit_price != null && priced.unit_price != null && (
        <p className={styles.figures}>
          {agreeingText.foreseenPrice(
            formatMoney(priced.unit_price),
            formatMoney(priced.manual?.unit_price ?? manual.unit_price),
            priced.unit,
          )}
        </p>
      )}
      <p className={styles.figures}>{sumReads(priced, manual?.unit_price != null)}</p>
      {below !== null && <p>{agreeingText.foreseenBelow(below)}</p>}
    </ForeseenNote>
  );
}

/** The line's sum before and after; of a share or an amount also about what one unit comes to. */
function sumReads(priced: PricedLine, set: boolean): string {
  const around = aroundChange(priced);
  if (around === null) return "";
  const qty = `${trimZeros(priced.qty)} ${priced.unit}`;
  return [
    agreeingText.foreseenSum(qty, formatMoney(around.before), formatMoney(around.after)),
    around.after !== priced.net && agreeingText.untaxed,
    sharesWhole(priced) && agreeingText.foreseenShare,
    !set &&
      priced.net_unit_price != null &&
      agreeingText.foreseenAbout(formatMoney(roundedToFen(priced.net_unit_price)), priced.unit),
  ]
    .filter(Boolean)
    .join(baseText.between);
}
