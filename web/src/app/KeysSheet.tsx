import { KeyList } from "../parts/KeyList";
import { readable } from "../parts/keys";
import { LIST_KEYS } from "../parts/listKeys";
import { Sheet } from "../parts/Sheet";
import { useKeyTables } from "../parts/useKeys";
import { keysText } from "../text/keys";
import styles from "./KeysSheet.module.css";
import { GLOBAL_KEYS } from "./keyTables";

/** Every shortcut that works on the page beneath, and those that work everywhere. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  const tables = [...useKeyTables(), GLOBAL_KEYS, LIST_KEYS];
  return (
    <Sheet open onClose={onClose} title={keysText.title} size={720}>
      <p className={styles.lead}>{keysText.lead}</p>
      {tables.map((table) => (
        <section key={table.title} className={styles.part}>
          <h3>{table.title}</h3>
          <KeyList label={table.title} keys={readable(table)} look="page" />
        </section>
      ))}
    </Sheet>
  );
}
