import { useState } from "react";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { quotesText } from "../../text/quotes";
import styles from "./HoldCard.module.css";
import type { Moved } from "./movedSince";
import { RepricedTable } from "./RepricedTable";

/**
 * What moved in one line: the total, or unit prices under the same total; prices by hand stay, and are told apart. Of a
 * draft that was changed since there is the total of now alone.
 */
export function movedSays(told: Moved): string {
  const byHand = told.lines.filter(({ hand }) => hand !== null).length;
  const others = told.lines.length - byHand;
  const kept = quotesText.movedHand(byHand);
  if (told.old === null) {
    const lines = [others > 0 ? quotesText.movedLines(others) : "", byHand > 0 ? kept : ""].filter(Boolean);
    return quotesText.movedBoth(lines.join("；"), quotesText.movedTotalNow(formatMoney(told.new.net)));
  }
  const same = told.old.net === told.new.net;
  const moved = same
    ? quotesText.movedSame(others)
    : quotesText.movedTotal(formatMoney(told.old.net), formatMoney(told.new.net));
  if (byHand === 0) return moved;
  return same && others === 0 ? kept : quotesText.movedBoth(moved, kept);
}

/** Whether every price on paper is as it was: all that moved lies beneath prices that somebody set by hand. */
const isAllByHand = ({ lines }: Moved) => lines.length > 0 && lines.every(({ hand }) => hand !== null);

/** The word of the button that issues at what is told. */
export const issueWord = (told: Moved) =>
  isAllByHand(told) ? quotesText.issueAtHand : quotesText.issueAtNew;

/** Says once, when a draft is opened, that its prices moved since it was last saved. */
export function MovedNote({ told, onKnown }: { told: Moved | null; onKnown: () => void }) {
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
  moved: Moved;
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
