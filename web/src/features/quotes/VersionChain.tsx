import { Link } from "@tanstack/react-router";
import type { Quote } from "../../api/types";
import { Card } from "../../parts/Card";
import { formatMoney } from "../../parts/format";
import { QuoteState } from "../../parts/QuoteState";
import { baseText } from "../../text/base";
import { quotesText } from "../../text/quotes";
import styles from "./VersionChain.module.css";

/** All versions of one number, newest first. */
export function VersionChain({ quote }: { quote: Quote }) {
  return (
    <Card title={quotesText.versions} flush>
      <ol>
        {[...quote.chain].reverse().map((link) => (
          <li key={link.id}>
            <Link
              to="/quotes/$quoteId"
              params={{ quoteId: String(link.id) }}
              className={styles.link}
              aria-current={link.id === quote.id ? "true" : undefined}
            >
              <b>{baseText.version(link.revision)}</b>
              <span className="number">{formatMoney(link.net)}</span>
              {link.id === quote.id ? (
                <span className={styles.here}>{quotesText.thisOne}</span>
              ) : (
                <QuoteState state={link.state} />
              )}
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
