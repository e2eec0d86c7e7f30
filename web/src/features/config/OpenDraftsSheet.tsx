import type { Draft } from "../../api/types";
import { Button } from "../../parts/Button";
import { Sheet } from "../../parts/Sheet";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import { DraftRows } from "./DraftRows";

interface OpenDraftsSheetProps {
  drafts: Draft[];
  busy: boolean;
  onAnyway: () => void;
  onClose: () => void;
}

/** Somebody is already at it: the drafts under way stand before a further one. */
export function OpenDraftsSheet({ drafts, busy, onAnyway, onClose }: OpenDraftsSheetProps) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={configText.othersOpen}
      size={560}
      footer={
        <>
          <Button onClick={onClose}>{baseText.cancel}</Button>
          <Button busy={busy} onClick={onAnyway}>
            {configText.newDraftAnyway}
          </Button>
        </>
      }
    >
      <p style={{ marginBottom: 12, color: "var(--ink-2)" }}>{configText.othersOpenBody}</p>
      <DraftRows drafts={drafts} />
    </Sheet>
  );
}
