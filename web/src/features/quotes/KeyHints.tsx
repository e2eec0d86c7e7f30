import { quotesText } from "../../text/quotes";
import styles from "./KeyHints.module.css";

/** The keys of the grid, small beneath it. */
export function KeyHints() {
  return (
    <dl className={styles.hints} aria-label={quotesText.keysTitle}>
      {quotesText.keys.map(([key, does]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
