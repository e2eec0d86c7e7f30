import type { LineManual, PricedLine } from "../../api/types";
import { roundedToFen } from "../../parts/fen";
import { formatMoney, trimZeros } from "../../parts/format";
import { aroundChange } from "../../parts/reductions";
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

/** What the line comes to with what is being typed, how far that lies below the tier price, and what the customer sees. */
export function LineForeseen({ doc, line, manual }: LineForeseenProps) {
  const lines = inputOf({ ...doc, lines: manual ? [{ ...line, manual }] : [] }).lines;
  const includesTax = doc.terms?.includes_tax;
  const request = manual ? { customer_id: doc.customerId, lines, includes_tax: includesTax } : null;
  const foreseen = useForeseen(request);
  const priced = foreseen?.priced.lines[0];
  if (!foreseen || !priced) return null;
  const below = priced.percent_below ?? null;
  return (
    <ForeseenNote
      foreseen={foreseen}
      bound={priced.lowest_unit_price != null}
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
    !set &&
      priced.net_unit_price != null &&
      agreeingText.foreseenAbout(formatMoney(roundedToFen(priced.net_unit_price)), priced.unit),
  ]
    .filter(Boolean)
    .join(baseText.between);
}
