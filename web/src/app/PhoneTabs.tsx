import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { meQuery } from "../api/session";
import { Icon } from "../parts/Icon";
import { shellText } from "../text/shell";
import { type Place, phoneTabs, placesFor, tabHolds } from "./navigation";
import styles from "./PhoneTabs.module.css";

/** Where one can go by thumb; the plus in the middle makes something new. */
export function PhoneTabs({ onPlus }: { onPlus?: () => void }) {
  const tabs = phoneTabs(placesFor(useQuery(meQuery).data));
  const path = useLocation({ select: (location) => location.pathname });
  // 今天 and the first one stand left of the plus.
  const left = Math.min(2, tabs.length - 1);
  const tab = (one: Place) => {
    const on = tabHolds(one.to, path, tabs);
    return (
      <Link
        key={one.to}
        to={one.to}
        className={on ? `${styles.tab} ${styles.active}` : styles.tab}
        aria-current={on ? "page" : undefined}
        activeProps={{}}
      >
        <Icon name={one.icon} size={22} />
        <span>{one.tab ?? one.word}</span>
      </Link>
    );
  };
  return (
    <nav className={styles.tabs} data-foot aria-label={shellText.navigation}>
      {tabs.slice(0, left).map(tab)}
      {onPlus && (
        <button type="button" className={styles.plus} onClick={onPlus} aria-label={shellText.plus}>
          <span>
            <Icon name="plus" size={24} />
          </span>
        </button>
      )}
      {tabs.slice(left).map(tab)}
    </nav>
  );
}
