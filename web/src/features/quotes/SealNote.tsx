import { useSealMissing } from "../../api/session";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";
import styles from "./SealNote.module.css";

/** Said before it is issued: without a seal of the company the paper carries none. */
export function SealNote() {
  if (!useSealMissing()) return null;
  return (
    <p className={styles.note} role="note">
      <Icon name="warning" size={18} />
      {quotesText.sealMissing}
    </p>
  );
}
