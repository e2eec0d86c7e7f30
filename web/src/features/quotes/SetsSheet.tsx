import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { QuoteSetRow } from "../../api/types";
import { Button } from "../../parts/Button";
import { Loaded } from "../../parts/Loaded";
import { Sheet } from "../../parts/Sheet";
import { baseText } from "../../text/base";
import { setsText } from "../../text/sets";
import type { DraftDoc } from "./draftModel";
import { EditSetSheet } from "./EditSetSheet";
import { SetFill } from "./SetFill";
import { SetList } from "./SetList";
import { setsQuery } from "./setsApi";
import type { ChangeDraft } from "./useQuoteDraft";

interface SetsSheetProps {
  doc: DraftDoc;
  change: ChangeDraft;
  onClose: () => void;
}

/** Lists of one's own and of the region: look after them, and put one into the draft. */
export default function SetsSheet({ doc, change, onClose }: SetsSheetProps) {
  const query = useQuery(setsQuery);
  const [open, setOpen] = useState<QuoteSetRow | null>(null);
  const [edited, setEdited] = useState<QuoteSetRow | null>(null);
  if (open) {
    return (
      <SetFill
        set={open}
        customer={doc.customerId}
        change={change}
        onBack={() => setOpen(null)}
        onClose={onClose}
      />
    );
  }
  return (
    <>
      <Sheet
        open
        onClose={onClose}
        title={setsText.title}
        size={640}
        tall
        footer={
          <Button look="primary" onClick={onClose}>
            {baseText.close}
          </Button>
        }
      >
        <Loaded query={query}>
          {({ items }) => <SetList sets={items} onOpen={setOpen} onEdit={setEdited} />}
        </Loaded>
      </Sheet>
      {edited && <EditSetSheet set={edited} onClose={() => setEdited(null)} />}
    </>
  );
}
