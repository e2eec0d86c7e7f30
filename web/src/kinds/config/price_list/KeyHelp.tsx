import { Sheet } from "../../../parts/Sheet";
import { pricesText } from "../../../text/prices";
import styles from "./GridTools.module.css";

/** Every key of the grid. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Sheet open onClose={onClose} title={pricesText.helpTitle} size={880}>
      <dl className={styles.keys} tabIndex={0} data-autofocus>
        {pricesText.keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
