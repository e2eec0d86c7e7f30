import { Link } from "@tanstack/react-router";
import { Icon } from "../parts/Icon";
import { shellText } from "../text/shell";
import styles from "./PhoneTabs.module.css";

const LEFT = [
  { to: "/", word: shellText.today, icon: "today" },
  { to: "/customers", word: shellText.customers, icon: "customers" },
] as const;
const RIGHT = [
  { to: "/orders", word: shellText.orders, icon: "order" },
  { to: "/me", word: shellText.me, icon: "person" },
] as const;

/** Where one can go by thumb; the plus in the middle makes something new. */
export function PhoneTabs({ onPlus }: { onPlus?: () => void }) {
  const tab = (place: (typeof LEFT)[number] | (typeof RIGHT)[number]) => (
    <Link
      key={place.to}
      to={place.to}
      className={styles.tab}
      activeProps={{ className: styles.active, "aria-current": "page" }}
      activeOptions={{ exact: place.to === "/", includeSearch: false }}
    >
      <Icon name={place.icon} size={22} />
      <span>{place.word}</span>
    </Link>
  );
  return (
    <nav className={styles.tabs} aria-label={shellText.navigation}>
      {LEFT.map(tab)}
      {onPlus && (
        <button type="button" className={styles.plus} onClick={onPlus} aria-label={shellText.plus}>
          <span>
            <Icon name="plus" size={24} />
          </span>
        </button>
      )}
      {RIGHT.map(tab)}
    </nav>
  );
}
