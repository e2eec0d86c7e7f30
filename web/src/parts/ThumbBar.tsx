import type { ReactNode } from "react";
import styles from "./ThumbBar.module.css";

/** What a page shows, and below it, under the thumb, the acts that wait for whoever reads it; without acts no bar. */
export function ThumbBar({ label, acts, children }: { label: string; acts: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.standing}>
      <div className={acts ? styles.lifted : undefined}>{children}</div>
      {acts && (
        <div className={`${styles.bar} ${styles.acts}`} role="group" aria-label={label} data-foot>
          {acts}
        </div>
      )}
    </div>
  );
}
