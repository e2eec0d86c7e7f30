import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { backupsQuery } from "../../api/backups";
import type { BackupList } from "../../api/types";
import type { Place } from "../../app/navigation";
import { formatMoment } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { SETTINGS } from "../../parts/settings";
import { operationText } from "../../text/operation";
import { shellText } from "../../text/shell";
import styles from "./HouseCards.module.css";
import today from "./TodayPage.module.css";

const words = operationText.backupPage;

/** How the last backup went, in one line, and whether it needs somebody. */
function lastBackup({ failed, items }: BackupList): { word: string; bad: boolean } {
  if (failed) return { word: words.failed(formatMoment(failed.at), failed.reason), bad: true };
  const [newest] = items;
  if (!newest) return { word: words.empty, bad: true };
  const { missing } = newest;
  const found = missing === null ? words.unnoted : missing > 0 ? words.missing(missing) : words.checked;
  return { word: words.last(formatMoment(newest.made_at), found), bad: (missing ?? 0) > 0 };
}

/** To whoever manages and does nothing else: the pages of that work, and how the last backup went. */
export function HouseCards({ places }: { places: readonly Place[] }) {
  const listed = places.some(({ to }) => to === "/backups");
  const backups = useQuery({ ...backupsQuery, enabled: listed }).data;
  const title = useId();
  const last = backups && lastBackup(backups);
  return (
    <section aria-labelledby={title}>
      <h2 id={title} className={today.heading}>
        {shellText.managing}
      </h2>
      <ul className={styles.cards}>
        {places.map(({ to, word, icon }) => {
          const told = to === "/backups" ? last : undefined;
          const hint = told?.word ?? SETTINGS.find((one) => one.to === to)?.hint;
          return (
            <li key={to}>
              <Link to={to} className={styles.card}>
                <Icon name={icon} />
                <span>
                  <b>{word}</b>
                  <small className={told?.bad ? styles.bad : undefined}>{hint}</small>
                </span>
                <Icon name="right" size={16} />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
