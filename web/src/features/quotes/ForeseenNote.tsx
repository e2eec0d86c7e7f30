import type { ReactNode } from "react";
import { Icon } from "../../parts/Icon";
import { agreeingText } from "../../text/agreeing";
import styles from "./Agreeing.module.css";
import type { Foreseen } from "./useForeseen";

/** What the server says of a reduction by hand; all else of a draft is told beside the draft. */
const OF_REDUCTIONS = new Set(["beyond_limit", "rounding_beyond_limit", "too_much_off", "below_floor"]);

interface ForeseenNoteProps {
  foreseen: Foreseen;
  /** The id of the line that is changed: what is wrong with other lines is theirs. */
  of?: string;
  /** A limit binds whoever types. */
  bound: boolean;
  /** How far a price lies above that of the rules, in percent: then nothing is reduced. */
  above?: string | null;
  /** What the customer will see of it. */
  sees: string;
  children: ReactNode;
}

/** What comes of a reduction while it is typed: the figures, whether one may give so much, and what the customer sees. */
export function ForeseenNote({ foreseen, of, bound, above = null, sees, children }: ForeseenNoteProps) {
  const beyond = foreseen.priced.problems.filter(
    (one) => OF_REDUCTIONS.has(one.code) && (of === undefined || one.line_id == null || one.line_id === of),
  );
  return (
    <section
      className={foreseen.stale ? `${styles.foreseen} ${styles.old}` : styles.foreseen}
      aria-label={agreeingText.foreseen}
      aria-live="polite"
      aria-busy={foreseen.stale}
    >
      {children}
      {above !== null && (
        <p className={styles.beyond}>
          <Icon name="warning" size={16} />
          {agreeingText.above(above)}
        </p>
      )}
      {beyond.map((one) => (
        <p key={`${one.code} ${one.line_id}`} className={styles.beyond}>
          <Icon name="warning" size={16} />
          {one.detail}
        </p>
      ))}
      {bound && above === null && beyond.length === 0 && <p>{agreeingText.within}</p>}
      <p>{sees}</p>
    </section>
  );
}
