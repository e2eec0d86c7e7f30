import { Facts } from "../../parts/Facts";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { accessText } from "../../text/access";
import { customersText } from "../../text/customers";

interface PrintedSheetProps {
  label: string;
  before: string;
  after: string;
  busy: boolean;
  onSave: () => void;
  onClose: () => void;
}

/** What goes onto every document is looked at once more, old beside new. */
export function PrintedSheet({ label, before, after, busy, onSave, onClose }: PrintedSheetProps) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={accessText.askTitle(label)}
      footer={
        <SheetActs onClose={onClose} busy={busy} onClick={onSave}>
          {accessText.askSave}
        </SheetActs>
      }
    >
      <Facts
        facts={[
          { label: accessText.askOld, value: before || customersText.empty },
          { label: accessText.askNew, value: <b>{after || customersText.empty}</b> },
        ]}
      />
      <p style={{ marginTop: 12, color: "var(--ink-2)" }}>{accessText.askExplains}</p>
    </Sheet>
  );
}
