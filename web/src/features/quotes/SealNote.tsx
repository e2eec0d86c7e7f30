import { useSealMissing } from "../../api/session";
import { Note } from "../../parts/Note";
import { quotesText } from "../../text/quotes";

/** Said before it is issued: without a seal of the company the paper carries none. */
export function SealNote() {
  if (!useSealMissing()) return null;
  return <Note>{quotesText.sealMissing}</Note>;
}
