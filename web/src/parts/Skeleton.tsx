import { baseText } from "../text/base";
import styles from "./Skeleton.module.css";

/** Grey bars in the shape of what comes: `rows` list rows, or with `cards` figures above. */
export function Skeleton({ rows = 6, cards = 0 }: { rows?: number; cards?: number }) {
  const numbers = Array.from({ length: rows }, (_, n) => n);
  const boxes = Array.from({ length: cards }, (_, n) => n);
  return (
    <div role="status" aria-label={baseText.loading}>
      {cards > 0 && (
        <div className={styles.cards}>
          {boxes.map((n) => (
            <div key={n} className={styles.card} />
          ))}
        </div>
      )}
      <div className={styles.rows}>
        {numbers.map((n) => (
          <div key={n} className={styles.row}>
            <span className={styles.bar} style={{ width: `${38 + ((n * 17) % 30)}%` }} />
            <span className={styles.bar} style={{ width: "14%" }} />
          </div>
        ))}
      </div>
    </div>
  );
}
