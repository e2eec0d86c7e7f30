import { StayOrLose } from "../../parts/Sheet";
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
    <StayOrLose
      title={keptText.leaveTitle}
      body={keptText.leaveBody(count)}
      stay={keptText.leaveStay}
      lose={keptText.leaveAnyway}
      onStay={onClose}
      onLose={onLeave}
    />
  );
}
