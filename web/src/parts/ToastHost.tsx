import { baseText } from "../text/base";
import { Icon } from "./Icon";
import styles from "./ToastHost.module.css";
import { closeToast, useToasts } from "./toast";

/** Where short messages appear, and are read aloud. */
export function ToastHost() {
  const toasts = useToasts();
  return (
    <div className={styles.host} role="status" aria-live="polite">
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
