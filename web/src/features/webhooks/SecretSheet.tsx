import { Button } from "../../parts/Button";
import { copyText } from "../../parts/copyText";
import { Note } from "../../parts/Note";
import { Sheet } from "../../parts/Sheet";
import { webhookText } from "../../text/webhooks";
import styles from "./Webhooks.module.css";

interface SecretSheetProps {
  secret: string;
  /** It takes the place of another one. */
  renewed?: boolean;
  onClose: () => void;
}

/** Shows the secret of an address this once. */
export function SecretSheet({ secret, renewed = false, onClose }: SecretSheetProps) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={webhookText.secretTitle}
      footer={
        <>
          <Button onClick={onClose}>{webhookText.secretDone}</Button>
          <Button look="primary" icon="copy" onClick={() => copyText(secret)}>
            {webhookText.secretCopy}
          </Button>
        </>
      }
    >
      <Note>{webhookText.secretOnce}</Note>
      <p className={styles.secret}>{secret}</p>
      {renewed && <p className={styles.lead}>{webhookText.secretRenewed}</p>}
      <p className={styles.lead}>{webhookText.secretUse}</p>
    </Sheet>
  );
}
