import { Button } from "../../parts/Button";
import { copyText } from "../../parts/copyText";
import { shareText } from "../../text/share";
import styles from "./ShareLinks.module.css";
import type { Sending } from "./useSending";

/** What stands below the button that sends: the link and what comes next, else what one press does. */
export function MadeLinkNote({ sending }: { sending: Sending }) {
  const { standing, links, mayShare, inside } = sending;
  if (!mayShare) return null;
  const open = links.filter((link) => link.open).length;
  const explains = inside ? shareText.insideExplains : shareText.explains;
  const told = sending.copied ? shareText.madeCopied : shareText.made;
  return (
    <>
      {standing ? (
        <div className={styles.made} role="status">
          <p>{inside ? shareText.madeInside : told}</p>
          <code className={styles.link}>{standing.url}</code>
          {!inside && <p className={styles.quiet}>{shareText.next}</p>}
          <div className={styles.acts}>
            <Button small icon="copy" onClick={() => copyText(standing.url)}>
              {shareText.copy}
            </Button>
          </div>
        </div>
      ) : (
        <p className={styles.explains}>{open > 0 && !inside ? shareText.again(open) : explains}</p>
      )}
    </>
  );
}
