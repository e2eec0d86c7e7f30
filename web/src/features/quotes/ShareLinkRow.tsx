import type { ShareLink } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { formatAgo, formatDay, formatMoment } from "../../parts/format";
import { shareText } from "../../text/share";
import styles from "./ShareLinks.module.css";

interface ShareLinkRowProps {
  link: ShareLink;
  mayShare: boolean;
  /** The version is signed: its links only show it. */
  signed: boolean;
  /** A code of this version holds already, on whichever link it was handed over. */
  coded: boolean;
  busy: boolean;
  onCode: () => void;
  onWithdraw: () => void;
}

/** One link: whether it opens, what became of it, and what can be done with it. */
export function ShareLinkRow({ link, mayShare, signed, coded, busy, onCode, onWithdraw }: ShareLinkRowProps) {
  const state =
    link.accepted_at !== null
      ? { tone: "money" as const, icon: "check" as const, word: shareText.accepted }
      : link.withdrawn_at !== null
        ? { tone: "plain" as const, icon: "close" as const, word: shareText.withdrawn }
        : link.open
          ? {
              tone: "brand" as const,
              icon: "link" as const,
              word: signed ? shareText.openSigned : shareText.open,
            }
          : { tone: "plain" as const, icon: "clock" as const, word: shareText.over };
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <p className={styles.head}>
          <Badge tone={state.tone} icon={state.icon}>
            {state.word}
          </Badge>
          <span>{shareText.until(formatDay(link.last_day))}</span>
        </p>
        <p>
          {link.seen_at === null
            ? shareText.unseen
            : `${shareText.seen(link.pages, link.pdfs)} · ${shareText.lastSeen(formatAgo(link.seen_at))}`}
        </p>
        <p className={styles.quiet}>
          {shareText.by(link.created_by.name, formatMoment(link.created_at))}
          {link.code_until !== null && ` · ${shareText.codeOn(formatMoment(link.code_until))}`}
        </p>
      </div>
      {mayShare && link.open && (
        <div className={styles.acts}>
          <Button small icon="check" onClick={onCode}>
            {coded ? shareText.newCode : shareText.handCode}
          </Button>
          <Button small look="text" busy={busy} onClick={onWithdraw}>
            {shareText.withdraw}
          </Button>
        </div>
      )}
    </li>
  );
}
