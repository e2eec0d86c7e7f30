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
  /** Whether the prices of this quotation hold the tax. */
  includesTax: boolean;
  change: ChangeDraft;
  onClose: () => void;
}

/** The sheet of the line that is being changed: its price and room, or all of what stands in no catalogue. */
export function EditedLine({ edited, doc, priced, includesTax, change, onClose }: EditedLineProps) {
  if (edited === null) return null;
  const line = doc.lines.find((one) => one.id === edited);
  const shared = { doc, change, includesTax, onClose };
  if (edited === "new") return <OwnSheet {...shared} line={null} />;
  if (!line) return null;
  if (line.own) return <OwnSheet key={line.id} {...shared} line={line} />;
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
