import { Button } from "../../parts/Button";
import { copyText } from "../../parts/copyText";
import { Note } from "../../parts/Note";
import { shareText } from "../../text/share";
import styles from "./ShareLinks.module.css";
import type { Sending } from "./useSending";

/** What stands below the button that sends: the link and what comes next, else what one press does. */
export function MadeLinkNote({ sending }: { sending: Sending }) {
  const { standing, links, mayShare, inside } = sending;
  if (!mayShare) return null;
  const open = links.filter((link) => link.open).length;
  return (
    <>
      {standing ? (
        <div className={styles.made} role="status">
          <p>{sending.copied ? shareText.madeCopied : shareText.made}</p>
          <code className={styles.link}>{standing.url}</code>
          <p className={styles.quiet}>{shareText.next}</p>
          <div className={styles.acts}>
            <Button small icon="copy" onClick={() => copyText(standing.url)}>
              {shareText.copy}
            </Button>
          </div>
        </div>
      ) : (
        <p className={styles.explains}>{open > 0 ? shareText.again(open) : shareText.explains}</p>
      )}
      {inside && (standing || open > 0) && (
        <div className={styles.inside}>
          <Note>{shareText.inside}</Note>
        </div>
      )}
    </>
  );
}
