import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useId } from "react";
import { meQuery } from "../api/session";
import { buttonClass } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { chordWord } from "../parts/keys";
import { Mark } from "../parts/Mark";
import { useBell } from "../parts/useBell";
import { shellText } from "../text/shell";
import { GLOBAL_KEYS } from "./keyTables";
import { type Place, placeAt, placesFor, sideBar } from "./navigation";
import styles from "./SideBar.module.css";

const COMMAND_KEY = chordWord(GLOBAL_KEYS.rows.command.chords[0]);

/** Where one can go, on a wide screen. */
export function SideBar({ onCommand }: { onCommand: () => void }) {
  const me = useQuery(meQuery).data;
  const bell = useBell();
  const counts: Record<string, number | undefined> = { "/tasks": bell?.open, "/notices": bell?.unread };
  const group = useId();
  const { work, managing } = sideBar(placesFor(me));
  const path = useLocation({ select: (location) => location.pathname });
  const lit = placeAt(path, [...work, ...managing]);
  const line = (place: Place) => (
    <li key={place.to}>
      <Link
        to={place.to}
        className={styles.place}
        activeProps={{ className: styles.active, "aria-current": "page" }}
        activeOptions={{ exact: place !== lit, includeSearch: false }}
      >
        <Icon name={place.icon} size={18} />
        {place.word}
        {(counts[place.to] ?? 0) > 0 && (
          <span className={bell?.overdue && place.to === "/tasks" ? styles.overdue : styles.count}>
            {counts[place.to]}
          </span>
        )}
      </Link>
    </li>
  );
  return (
    <nav className={styles.bar} aria-label={shellText.navigation}>
      <div className={styles.head}>
        <Mark size={28} />
        <span className={styles.company}>{me?.company.name}</span>
      </div>
      <button type="button" className={styles.search} onClick={onCommand}>
        <Icon name="search" size={16} />
        <span>{shellText.commandOpen}</span>
        <kbd>{COMMAND_KEY}</kbd>
      </button>
      {me?.rights.includes("quote.write") && (
        <Link to="/quotes/new" className={`${buttonClass("plain", true)} ${styles.create}`}>
          <Icon name="plus" size={18} />
          <span>{shellText.newQuote}</span>
        </Link>
      )}
      <div className={styles.places}>
        <ul>{work.map(line)}</ul>
        {managing.length > 0 && (
          <>
            <h2 id={group} className={styles.group}>
              {shellText.managing}
            </h2>
            <ul aria-labelledby={group}>{managing.map(line)}</ul>
          </>
        )}
      </div>
      <Link to="/me" className={styles.person} activeProps={{ className: styles.active }}>
        <span className={styles.face} aria-hidden="true">
          {me?.name.slice(-1)}
        </span>
        <span className={styles.who}>
          <span className={styles.name}>{me?.name}</span>
          <span className={styles.role}>{me?.role_names.join(" · ")}</span>
        </span>
      </Link>
    </nav>
  );
}
