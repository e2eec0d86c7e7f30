import { Button } from "../../parts/Button";
import { copyText } from "../../parts/copyText";
import { Note } from "../../parts/Note";
import { Sheet } from "../../parts/Sheet";
import { operationText } from "../../text/operation";
import styles from "./KeysPage.module.css";

/** Shows a key this once. */
export function SecretSheet({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={operationText.keyMade}
      footer={
        <>
          <Button onClick={onClose}>{operationText.keyDone}</Button>
          <Button look="primary" icon="copy" onClick={() => copyText(secret)}>
            {operationText.keyCopy}
          </Button>
        </>
      }
    >
      <Note>{operationText.keyOnce}</Note>
      <p className={styles.secret}>{secret}</p>
      <p className={styles.lead}>{operationText.keyUse(operationText.keyTail(secret.slice(-4)))}</p>
    </Sheet>
  );
}
