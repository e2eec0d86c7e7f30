import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../api/session";
import { printText } from "../text/print";
import { formatMoment, serverNow } from "./format";
import styles from "./PrintedHead.module.css";

/** Stands on paper only: of which company, printed by whom and when. */
export function PrintedHead() {
  const me = useQuery(meQuery).data;
  if (!me) return null;
  return (
    <p className={styles.head}>{printText.printed(me.company.name, me.name, formatMoment(serverNow()))}</p>
  );
}
