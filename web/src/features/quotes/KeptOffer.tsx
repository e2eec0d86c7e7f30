import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoment } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { toast } from "../../parts/toast";
import { baseText } from "../../text/base";
import { keptText } from "../../text/kept";
import styles from "./KeptOffer.module.css";
import { type KeptDraft, keptDifferences, whatToDo } from "./keptDoc";
import type { LeftBehind } from "./useLeftBehind";

const SHOWN = 6;

interface KeptOfferProps {
  left: LeftBehind;
  quote: Quote;
  /** Absent where it cannot go back into the draft; `hindered` then says why. */
  onRestore?: (kept: KeptDraft) => Promise<void>;
  hindered?: string;
}

/** What was typed and never reached the server is offered back, with its time and what it would change. */
export function KeptOffer({ left, quote, onRestore, hindered }: KeptOfferProps) {
  const [busy, setBusy] = useState(false);
  const { kept } = left;
  if (!kept) return null;
  const moved = whatToDo(kept, quote) === "compare";
  const rows = keptDifferences(kept, quote);
  const restore = async () => {
    setBusy(true);
    try {
      await onRestore?.(kept);
      if (!moved) toast(keptText.restored);
    } catch (error) {
      const problem = asProblem(error);
      toast(problem.offline ? keptText.restoredLater : problem.message, { tone: "fault" });
    }
    setBusy(false);
  };
  const drop = () => {
    const back = left.drop();
    toast(keptText.dropped, { action: { word: keptText.undo, act: back } });
  };
  return (
    <section className={styles.card} aria-label={keptText.bar}>
      <p className={styles.title} role="status">
        <Icon name="history" size={20} />
        {keptText.offer(formatMoment(kept.at))}
      </p>
      <ul className={styles.rows} aria-label={keptText.differencesLabel}>
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.key}>
            {keptText.difference(row.label, row.before || baseText.none, row.mine || baseText.none)}
            {!row.free && keptText.nowReads(row.theirs || baseText.none)}
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && <p className={styles.said}>{keptText.differencesMore(rows.length - SHOWN)}</p>}
      {onRestore && moved && <p className={styles.said}>{keptText.movedOn}</p>}
      {!onRestore && hindered && <p className={styles.said}>{hindered}</p>}
      {left.more > 0 && <p className={styles.said}>{keptText.more(left.more)}</p>}
      <div className={styles.actions}>
        {onRestore && (
          <Button busy={busy} icon="undo" onClick={restore}>
            {moved ? keptText.compare : keptText.restore}
          </Button>
        )}
        <Button look="text" onClick={drop}>
          {keptText.drop}
        </Button>
      </div>
    </section>
  );
}

/** Says that the same draft is open in another window of this browser. */
export function OtherTabNote() {
  return (
    <p className={styles.other} role="note">
      <Icon name="info" size={18} />
      {keptText.otherTab}
    </p>
  );
}
