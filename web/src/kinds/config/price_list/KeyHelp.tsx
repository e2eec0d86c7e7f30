import { KeyList } from "../../../parts/KeyList";
import { readable } from "../../../parts/keys";
import { Sheet } from "../../../parts/Sheet";
import { pricesText } from "../../../text/prices";
import { PRICE_KEYS } from "./priceKeys";

/** Every key of the grid. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Sheet open onClose={onClose} title={pricesText.helpTitle} size={880}>
      <KeyList label={pricesText.helpTitle} keys={readable(PRICE_KEYS)} look="page" />
    </Sheet>
  );
}
