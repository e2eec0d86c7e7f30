import { KeyList } from "../../../parts/KeyList";
import { Sheet } from "../../../parts/Sheet";
import { pricesText } from "../../../text/prices";

/** Every key of the grid. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Sheet open onClose={onClose} title={pricesText.helpTitle} size={880}>
      <KeyList label={pricesText.helpTitle} keys={pricesText.keys} look="page" />
    </Sheet>
  );
}
