import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";
import type { SaverStatus } from "./DraftSaver";
import styles from "./SaveMark.module.css";

/** Whether what is typed is safe, in one quiet word. */
export function SaveMark({ status }: { status: SaverStatus }) {
  const loud = status.state === "offline" || status.state === "failed" || status.state === "conflict";
  const word = status.state === "conflict" ? quotesText.save.failed : quotesText.save[status.state];
  return (
    <span className={loud ? styles.loud : styles.quiet} role="status">
      {loud && <Icon name={status.state === "offline" ? "unplugged" : "warning"} size={16} />}
      {status.state === "saved" && <Icon name="check" size={14} />}
      {word}
    </span>
  );
}
