import { Link } from "@tanstack/react-router";
import type { Quote } from "../../api/types";
import { Button, buttonClass } from "../../parts/Button";
import { formatDay } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";
import { draftAfter } from "./draftAfter";
import styles from "./HoldCard.module.css";
import { RepricedTable } from "./RepricedTable";
import type { QuoteActions } from "./useQuoteActions";

/** Why this cannot be signed now: old against new figures, and the ways out; or until when HQ lets it pass. */
export function HoldCard({
  quote,
  acts,
  onRevise,
  onRelease,
}: {
  quote: Quote;
  acts: QuoteActions;
  onRevise: () => void;
  onRelease: () => void;
}) {
  const { hold } = quote;
  const until = quote.released_until && formatDay(quote.released_until);
  if (!hold) {
    if (!until || quote.state !== "issued") return null;
    return (
      <p className={styles.passed}>
        <Icon name="check" size={20} />
        {quotesText.released(until)}
      </p>
    );
  }
  const next = draftAfter(quote);
  const may = (action: string) => quote.actions.includes(action);
  return (
    <section className={styles.card}>
      <p className={styles.title}>
        <Icon name="lock" size={20} />
        {hold.detail}
      </p>
      {until && <p className={styles.released}>{quotesText.releasedBefore(until)}</p>}
      {hold.repriced && hold.repriced.lines.length > 0 && (
        <div className={styles.table}>
          <RepricedTable repriced={hold.repriced} />
        </div>
      )}
      <div className={styles.actions}>
        {hold.newer && (
          <Link
            to="/quotes/$quoteId"
            params={{ quoteId: String(hold.newer.id) }}
            className={buttonClass("primary")}
          >
            {quotesText.newerVersion(hold.newer.revision)}
          </Link>
        )}
        {may("revise") && (
          <Button look="primary" busy={acts.revise.isPending} onClick={onRevise}>
            {next === null ? quotesText.revise : quotesText.continueDraft(next)}
          </Button>
        )}
        {may("release") && <Button onClick={onRelease}>{quotesText.release}</Button>}
      </div>
    </section>
  );
}
