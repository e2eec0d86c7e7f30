import { useState } from "react";
import type { Repriced } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { Sheet } from "../../parts/Sheet";
import { quotesText } from "../../text/quotes";
import styles from "./HoldCard.module.css";
import { RepricedTable } from "./RepricedTable";

/** Says once, when a draft is opened, that its prices moved since it was last saved. */
export function MovedNote({ moved }: { moved: Repriced | null }) {
  // Saving brings the figures up to date; what was told on opening stays until it is put away.
  const [told, setTold] = useState(moved);
  const [open, setOpen] = useState(false);
  if (!told) return null;
  const same = told.old.net === told.new.net;
  return (
    <section className={styles.card} role="status">
      <p className={styles.title}>
        <Icon name="warning" size={20} />
        {quotesText.movedTitle}
      </p>
      <p className={styles.released}>
        {same
          ? quotesText.movedSame(told.lines.length)
          : quotesText.movedTotal(formatMoney(told.old.net), formatMoney(told.new.net))}
      </p>
      <div className={styles.actions}>
        <Button onClick={() => setOpen(true)}>{quotesText.movedLook}</Button>
        <Button look="text" onClick={() => setTold(null)}>
          {quotesText.movedKnown}
        </Button>
      </div>
      <Sheet open={open} onClose={() => setOpen(false)} title={quotesText.movedTitle} size={640}>
        <RepricedTable repriced={told} />
      </Sheet>
    </section>
  );
}
