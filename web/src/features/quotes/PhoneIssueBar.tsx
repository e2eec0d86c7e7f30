import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { meQuery, useSealMissing } from "../../api/session";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { useOnline } from "../../parts/OfflineBar";
import { askingText } from "../../text/asking";
import { quotesText } from "../../text/quotes";
import { gaveBack } from "./askRead";
import styles from "./PhoneIssueBar.module.css";

interface PhoneIssueBarProps {
  quote: Quote;
  count: number;
  stale: boolean;
  /** How many things hinder issuing. */
  problems: number;
  /** For whom alone everything that hinders waits. */
  waits: string | null;
  /** The way on where it may not be issued as it is. */
  ask: ReactNode;
  ready: boolean;
  busy: boolean;
  onIssue: () => void;
  /** Leads to the first thing that hinders. */
  onProblems: () => void;
}

/** The total and the one button, always under the thumb. */
export function PhoneIssueBar({
  quote,
  count,
  problems,
  stale,
  waits,
  ask,
  ready,
  busy,
  onIssue,
  onProblems,
}: PhoneIssueBarProps) {
  const unsealed = useSealMissing();
  const online = useOnline();
  const me = useQuery(meQuery).data?.id;
  return (
    <div className={styles.bar} data-foot>
      <div className={stale ? styles.stale : undefined} aria-live="polite">
        {!online ? (
          <span className={`${styles.count} ${styles.hindered}`}>
            <Icon name="unplugged" size={14} /> {quotesText.issueOfflineShort}
          </span>
        ) : waits !== null ? (
          <button type="button" className={`${styles.count} ${styles.hindered}`} onClick={onProblems}>
            <Icon name="clock" size={14} /> {askingText.waits(waits)}
          </button>
        ) : problems > 0 ? (
          <button type="button" className={`${styles.count} ${styles.hindered}`} onClick={onProblems}>
            <Icon name="warning" size={14} /> {quotesText.seeProblems(problems)}
          </button>
        ) : (
          <span className={styles.count}>
            {[quotesText.gross, quotesText.lines(count), unsealed && quotesText.sealMissingShort]
              .filter(Boolean)
              .join(" · ")}
          </span>
        )}
        <span className={`${styles.total} number`}>{formatMoney(quote.totals.net)}</span>
      </div>
      {ask || (
        <Button
          look={gaveBack(quote, me) ? "plain" : "primary"}
          busy={busy}
          disabled={!ready}
          onClick={onIssue}
        >
          {quotesText.issue}
        </Button>
      )}
    </div>
  );
}
