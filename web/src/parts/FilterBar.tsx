import type { ReactNode } from "react";
import styles from "./FilterBar.module.css";

/** Search and filters above a list; on a phone the chips scroll sideways in their own strip. */
export function FilterBar({ search, children }: { search: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.bar} role="search">
      {search}
      {children && <div className={styles.chips}>{children}</div>}
    </div>
  );
}
