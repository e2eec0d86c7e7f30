import { Link } from "@tanstack/react-router";
import type { Today } from "../../api/types";
import { formatWan, today } from "../../parts/format";
import { insightsText } from "../../text/insights";
import styles from "./TodayPage.module.css";

/** The list of what ends until `soon`, what ends first at its head. */
export const soonEnding = (soon: string) => ({ state: "issued", valid_to: soon, sort: "valid" }) as const;

/** Four figures, each the way to its list. */
export function TodayFigures({ figures, soon }: Pick<Today, "figures" | "soon">) {
  const now = today();
  const cards = [
    {
      key: "open",
      label: insightsText.open,
      figure: figures.open,
      to: "/quotes",
      search: { state: "issued" },
    },
    {
      key: "expiring",
      label: insightsText.expiring,
      figure: figures.expiring,
      to: "/quotes",
      search: soonEnding(soon),
    },
    {
      key: "signed",
      label: insightsText.signedMonth,
      figure: figures.signed_month,
      to: "/orders",
      search: { from: `${now.slice(0, 7)}-01`, to: now },
    },
    {
      key: "drafts",
      label: insightsText.drafts,
      figure: figures.drafts,
      to: "/quotes",
      search: { state: "draft" },
    },
  ] as const;
  return (
    <div className={styles.figures}>
      {cards.map((card) => (
        <Link key={card.key} to={card.to} search={card.search} className={styles.figure}>
          <span className={styles.label}>{card.label}</span>
          <span className={card.key === "signed" ? `${styles.value} ${styles.money}` : styles.value}>
            {formatWan(card.figure.net)}
          </span>
          <span className={styles.count}>{insightsText.count(card.figure.count)}</span>
        </Link>
      ))}
    </div>
  );
}
