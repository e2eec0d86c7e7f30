import { Link } from "@tanstack/react-router";
import { useRight } from "../api/session";
import { shellText } from "../text/shell";
import styles from "./SalesSwitch.module.css";

/** On a phone one tab holds quotations and orders; this turns from one to the other. */
export function SalesSwitch() {
  const both = useRight("quote.read");
  if (!both) return null;
  return (
    <nav className={styles.switch} aria-label={shellText.salesSwitch}>
      <Link
        to="/quotes"
        activeProps={{ className: styles.on, "aria-current": "page" }}
        activeOptions={{ includeSearch: false }}
      >
        {shellText.quotes}
      </Link>
      <Link
        to="/orders"
        activeProps={{ className: styles.on, "aria-current": "page" }}
        activeOptions={{ includeSearch: false }}
      >
        {shellText.orders}
      </Link>
    </nav>
  );
}
