import type { ReactNode } from "react";
import { Icon } from "./Icon";
import styles from "./Note.module.css";

/** What should be seen before going on. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <p className={styles.note} role="note">
      <Icon name="warning" size={18} />
      {children}
    </p>
  );
}
