import type { PricedLine } from "../../api/types";
import type { DraftDoc } from "./draftModel";
import { LineSheet } from "./LineSheet";
import { OwnSheet } from "./OwnSheet";
import type { ChangeDraft } from "./useQuoteDraft";

interface EditedLineProps {
  /** The id of a line, or "new" for something outside the catalogue. */
  edited: string | null;
  doc: DraftDoc;
  priced: Map<string, PricedLine>;
  change: ChangeDraft;
  onClose: () => void;
}

/** The sheet of the line that is being changed: its price and room, or all of what stands in no catalogue. */
export function EditedLine({ edited, doc, priced, change, onClose }: EditedLineProps) {
  if (edited === null) return null;
  const line = doc.lines.find((one) => one.id === edited);
  if (edited === "new") return <OwnSheet doc={doc} line={null} change={change} onClose={onClose} />;
  if (!line) return null;
  if (line.own) return <OwnSheet key={line.id} doc={doc} line={line} change={change} onClose={onClose} />;
  return (
    <LineSheet
      key={line.id}
      doc={doc}
      line={line}
      priced={priced.get(line.id)}
      change={change}
      onClose={onClose}
    />
  );
}
