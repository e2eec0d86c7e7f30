import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { quickText } from "../../text/quick";
import { type PastedChoice, whyOpen } from "./pastedLines";

interface StillOpenSheetProps {
  open: PastedChoice[];
  onIssue: () => void;
  onClose: () => void;
}

/** Before a quotation is issued without pasted lines: names them. */
export function StillOpenSheet({ open, onIssue, onClose }: StillOpenSheetProps) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={quickText.stillTitle(open.length)}
      footer={
        <SheetActs onClose={onClose} out={quickText.goBack} look="danger" onClick={onIssue}>
          {quickText.stillIssue}
        </SheetActs>
      }
    >
      <p>{quickText.stillExplains}</p>
      <ul style={{ marginTop: 8 }}>
        {open.map((choice) => (
          <li key={choice.id} style={{ padding: "8px 0" }}>
            <b>{choice.text}</b> <small>{whyOpen(choice)}</small>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
