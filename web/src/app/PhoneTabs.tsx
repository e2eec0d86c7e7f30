import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meQuery } from "../api/session";
import { Icon } from "../parts/Icon";
import { shellText } from "../text/shell";
import { type Place, placesFor } from "./navigation";
import styles from "./PhoneTabs.module.css";

/** In the order of their use; as many as fit beside 今天 and 我的 stand in the bar, the rest in 我的. */
const MIDDLE: Place["to"][] = ["/customers", "/orders", "/products", "/people"];
const MIDDLE_MAX = 2;

/** Where one can go by thumb; the plus in the middle makes something new. */
export function PhoneTabs({ onPlus }: { onPlus?: () => void }) {
  const open = placesFor(useQuery(meQuery).data);
  const place = (to: Place["to"]) => open.filter((one) => one.to === to);
  const [first, ...others] = MIDDLE.flatMap(place).slice(0, MIDDLE_MAX);
  const tab = (one: Place) => (
    <Link
      key={one.to}
      to={one.to}
      className={styles.tab}
      activeProps={{ className: styles.active, "aria-current": "page" }}
      activeOptions={{ exact: one.to === "/", includeSearch: false }}
    >
      <Icon name={one.icon} size={22} />
      <span>{one.tab ?? one.word}</span>
    </Link>
  );
  return (
    <nav className={styles.tabs} data-foot aria-label={shellText.navigation}>
      {place("/").map(tab)}
      {first && tab(first)}
      {onPlus && (
        <button type="button" className={styles.plus} onClick={onPlus} aria-label={shellText.plus}>
          <span>
            <Icon name="plus" size={24} />
          </span>
        </button>
      )}
      {others.map(tab)}
      {place("/me").map(tab)}
    </nav>
  );
}
