import { useQuery } from "@tanstack/react-query";
import type { Quote } from "../../api/types";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";
import styles from "./HoldCard.module.css";
import { quoteQuery } from "./quoteApi";
import { RepricedTable } from "./RepricedTable";
import { issuedBefore, sincePrevious } from "./sincePrevious";

/** Of a later version: which prices are not those of the version before, old beside new. */
export function PricesBefore({ quote }: { quote: Quote }) {
  const before = issuedBefore(quote);
  const old = useQuery({ ...quoteQuery(before?.id ?? 0), enabled: before !== null }).data;
  const moved = old && before ? sincePrevious(old, quote) : null;
  if (!moved || !before) return null;
  return (
    <section className={styles.card} aria-label={quotesText.sinceTitle(before.revision)}>
      <p className={styles.title}>
        <Icon name="diff" size={20} />
        {quotesText.sinceTitle(before.revision)}
      </p>
      <div className={styles.table}>
        <RepricedTable repriced={moved} />
      </div>
    </section>
  );
}
