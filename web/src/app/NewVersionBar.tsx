import { useEffect, useState, useSyncExternalStore } from "react";
import { Icon } from "../parts/Icon";
import { shellText } from "../text/shell";
import styles from "./NewVersionBar.module.css";
import { isNewer, startWorker, subscribe, takeNewer } from "./worker";

/** Says that a newer version lies ready, and goes on with it when asked to; never by itself, in the middle of a word. */
export function NewVersionBar() {
  const newer = useSyncExternalStore(subscribe, isNewer);
  const [busy, setBusy] = useState(false);
  useEffect(() => void startWorker(), []);
  if (!newer) return null;
  const take = () => {
    setBusy(true);
    takeNewer();
  };
  return (
    <div className={styles.bar} role="status">
      <button type="button" disabled={busy} onClick={take}>
        <Icon name="up" size={18} />
        {shellText.newVersion}
      </button>
    </div>
  );
}
