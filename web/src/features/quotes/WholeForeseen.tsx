import type { QuoteWhole } from "../../api/types";
import { piecesOf } from "../../parts/reductions";
import { TotalsList } from "../../parts/TotalsList";
import { agreeingText } from "../../text/agreeing";
import { type DraftDoc, inputOf } from "./draftModel";
import { ForeseenNote } from "./ForeseenNote";
import { useForeseen } from "./useForeseen";

interface WholeForeseenProps {
  doc: DraftDoc;
  /** What is typed; null while it is no figure. */
  whole: QuoteWhole | null;
  bound: boolean;
}

/** What the document comes to with what is being taken off the whole, as it will stand on paper. */
export function WholeForeseen({ doc, whole, bound }: WholeForeseenProps) {
  const takesOff = whole !== null && Object.keys(whole).length > 0 && doc.lines.length > 0;
  const { customer_id, lines } = inputOf(doc);
  const foreseen = useForeseen(
    takesOff ? { customer_id, lines, includes_tax: doc.terms?.includes_tax, whole } : null,
  );
  if (foreseen === "unknown") return <p role="status">{agreeingText.unforeseen}</p>;
  if (!foreseen) return null;
  const { priced } = foreseen;
  return (
    <ForeseenNote foreseen={foreseen} bound={bound} sees={agreeingText.seesWhole}>
      <TotalsList totals={priced.totals} pieces={piecesOf(priced)} />
    </ForeseenNote>
  );
}
