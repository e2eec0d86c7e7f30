import { useState } from "react";
import type { Repriced } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { quotesText } from "../../text/quotes";
import styles from "./HoldCard.module.css";
import { RepricedTable } from "./RepricedTable";

/** What moved in one line: the total, or unit prices under the same total; prices by hand stay, and are told apart. */
export function movedSays(told: Repriced): string {
  const byHand = told.lines.filter(({ hand }) => hand !== null).length;
  const others = told.lines.length - byHand;
  const same = told.old.net === told.new.net;
  const moved = same
    ? quotesText.movedSame(others)
    : quotesText.movedTotal(formatMoney(told.old.net), formatMoney(told.new.net));
  if (byHand === 0) return moved;
  const kept = quotesText.movedHand(byHand);
  return same && others === 0 ? kept : quotesText.movedBoth(moved, kept);
}

/** Whether every price on paper is as it was: all that moved lies beneath prices that somebody set by hand. */
const isAllByHand = ({ lines }: Repriced) => lines.length > 0 && lines.every(({ hand }) => hand !== null);

/** The word of the button that issues at what is told. */
export const issueWord = (told: Repriced) =>
  isAllByHand(told) ? quotesText.issueAtHand : quotesText.issueAtNew;

/** Says once, when a draft is opened, that its prices moved since it was last saved. */
export function MovedNote({ told, onKnown }: { told: Repriced | null; onKnown: () => void }) {
  const [open, setOpen] = useState(false);
  if (!told) return null;
  return (
    <section className={styles.card} role="status">
      <p className={styles.title}>
        <Icon name="warning" size={20} />
        {quotesText.movedTitle}
      </p>
      <p className={styles.released}>{movedSays(told)}</p>
      <div className={styles.actions}>
        <Button onClick={() => setOpen(true)}>{quotesText.movedLook}</Button>
        <Button look="text" onClick={onKnown}>
          {quotesText.movedKnown}
        </Button>
      </div>
      <Sheet open={open} onClose={() => setOpen(false)} title={quotesText.movedTitle} size={640}>
        <RepricedTable repriced={told} />
      </Sheet>
    </section>
  );
}

/** At the button, when nobody has put that away: old and new once more before it is issued. */
export function MovedAskSheet({
  moved,
  onIssue,
  onClose,
}: {
  moved: Repriced;
  onIssue: () => void;
  onClose: () => void;
}) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={quotesText.movedTitle}
      size={640}
      footer={
        <SheetActs onClose={onClose} out={quotesText.reviewAgain} onClick={onIssue}>
          {issueWord(moved)}
        </SheetActs>
      }
    >
      <p className={styles.ask}>{movedSays(moved)}</p>
      <RepricedTable repriced={moved} />
    </Sheet>
  );
}
