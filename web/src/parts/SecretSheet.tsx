import { Button } from "./Button";
import { copyText } from "./copyText";
import { Note } from "./Note";
import styles from "./SecretSheet.module.css";
import { Sheet } from "./Sheet";

interface SecretSheetProps {
  secret: string;
  title: string;
  /** That it is shown this once, and to whom it goes. */
  once: string;
  /** What is done with it, each in a line of its own. */
  uses: string[];
  words: { copy: string; done: string };
  onClose: () => void;
}

/** Shows something that opens a door, this once. */
export function SecretSheet({ secret, title, once, uses, words, onClose }: SecretSheetProps) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{words.done}</Button>
          <Button look="primary" icon="copy" onClick={() => copyText(secret)}>
            {words.copy}
          </Button>
        </>
      }
    >
      <Note>{once}</Note>
      <p className={styles.secret}>{secret}</p>
      {uses.map((use) => (
        <p key={use} className={styles.use}>
          {use}
        </p>
      ))}
    </Sheet>
  );
}
