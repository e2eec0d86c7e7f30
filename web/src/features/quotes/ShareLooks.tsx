import type { ShareLook } from "../../api/types";
import { formatMoment } from "../../parts/format";
import { shareText } from "../../text/share";
import styles from "./ShareLinks.module.css";

const SHOWN = 20;

/** When the customer looked, at what and on what; folded away until somebody asks. */
export function ShareLooks({ looks }: { looks: ShareLook[] }) {
  if (looks.length === 0) return null;
  return (
    <details className={styles.looks}>
      <summary>{shareText.looks}</summary>
      <ul>
        {looks.slice(0, SHOWN).map((look) => (
          <li key={`${look.share_id} ${look.at} ${look.looked} ${look.device}`}>
            <span>{formatMoment(look.at)}</span>
            <span>{shareText.looked[look.looked]}</span>
            <span className={styles.quiet}>{shareText.devices[look.device]}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
