import type { Problem } from "../../api/problem";
import { Button } from "../../parts/Button";
import { ProblemNote } from "../../parts/ProblemNote";
import { baseText } from "../../text/base";
import styles from "./RiskList.module.css";

/** What could not be read for now, and why: said where it would stand, with the way to ask again. */
export function Unread({ what, problem, onRetry }: { what: string; problem: Problem; onRetry: () => void }) {
  return (
    <section className={styles.unread} aria-label={what}>
      <p className={styles.title}>{what}</p>
      <ProblemNote problem={problem} />
      <Button small onClick={onRetry}>
        {baseText.retry}
      </Button>
    </section>
  );
}
