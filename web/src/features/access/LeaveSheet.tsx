import { Button } from "../../parts/Button";
import { Sheet } from "../../parts/Sheet";
import { keptText } from "../../text/kept";

interface LeaveSheetProps {
  /** How many drafts hold something that the server does not have. */
  count: number;
  onLeave: () => void;
  onClose: () => void;
}

/** Asks before signing out takes away what was typed on this device and never saved. */
export function LeaveSheet({ count, onLeave, onClose }: LeaveSheetProps) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={keptText.leaveTitle}
      footer={
        <>
          <Button look="danger" onClick={onLeave}>
            {keptText.leaveAnyway}
          </Button>
          <Button look="primary" onClick={onClose}>
            {keptText.leaveStay}
          </Button>
        </>
      }
    >
      <p>{keptText.leaveBody(count)}</p>
    </Sheet>
  );
}
