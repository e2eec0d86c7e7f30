import { baseText } from "../text/base";
import { Icon } from "./Icon";
import styles from "./ToastHost.module.css";
import { closeToast, useToasts } from "./toast";
import { useFoot } from "./useFoot";
import { useIsPhone } from "./useIsPhone";

/** Pixels between a message and what belongs to the thumb. */
const ABOVE = 8;

/** Where short messages appear, and are read aloud. */
export function ToastHost() {
  const toasts = useToasts();
  const phone = useIsPhone();
  const foot = useFoot(toasts);
  return (
    <div
      className={styles.host}
      style={phone ? { bottom: foot + ABOVE } : undefined}
      role="status"
      aria-live="polite"
    >
      {toasts.map((toast) => (
        <div key={toast.id} className={`${styles.toast} ${styles[toast.tone]}`}>
          <Icon name={toast.tone === "fault" ? "warning" : "check"} size={18} />
          <span>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                toast.action?.act();
                closeToast(toast.id);
              }}
            >
              {toast.action.word}
            </button>
          )}
          <button
            type="button"
            className={styles.close}
            aria-label={baseText.close}
            onClick={() => closeToast(toast.id)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
