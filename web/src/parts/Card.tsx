import { type ReactNode, useId } from "react";
import styles from "./Card.module.css";

interface CardProps {
  title?: string;
  actions?: ReactNode;
  /** Content reaches the card's edges (lists, tables). */
  flush?: boolean;
  children: ReactNode;
}

/** A white field of things that belong together. */
export function Card({ title, actions, flush = false, children }: CardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={title ? id : undefined}>
      {title && (
        <div className={styles.head}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {actions}
        </div>
      )}
      <div className={flush ? undefined : styles.body}>{children}</div>
    </section>
  );
}
