import { useSyncExternalStore } from "react";
import { baseText } from "../text/base";
import { Icon } from "./Icon";
import styles from "./OfflineBar.module.css";

const subscribe = (tell: () => void) => {
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  return () => {
    window.removeEventListener("online", tell);
    window.removeEventListener("offline", tell);
  };
};

export const useOnline = () => useSyncExternalStore(subscribe, () => navigator.onLine);

/** Says that the network is gone, and that nothing typed is lost. */
export function OfflineBar() {
  if (useOnline()) return null;
  return (
    <div className={styles.bar} role="status">
      <Icon name="unplugged" size={18} />
      {baseText.offlineBar}
    </div>
  );
}
