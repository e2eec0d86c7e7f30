import { useEffect, useState } from "react";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { askingText } from "../../text/asking";
import styles from "./AskCard.module.css";

/**
 * What others changed in the draft since one wrote it or asked for it. The first letter that one types saves the draft as
 * one's own: what is told stays until it is put away.
 */
export function ChangedNote({ now }: { now: Quote["changed"] | undefined }) {
  const [told, setTold] = useState(now);
  const [known, setKnown] = useState("");
  useEffect(() => {
    if (now) setTold(now);
  }, [now]);
  const key = JSON.stringify(told ?? null);
  if (!told || known === key) return null;
  const title = askingText.changedBy(told.by);
  return (
    <section className={styles.card} aria-label={title}>
      <div className={styles.text}>
        <b>{title}</b>
        <ul className={styles.changes}>
          {told.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
        {told.more > 0 && <small>{askingText.changedMore(told.more)}</small>}
      </div>
      <Button look="text" onClick={() => setKnown(key)}>
        {askingText.changedKnown}
      </Button>
    </section>
  );
}
