import type { Quote } from "../../api/types";
import { ConfigUsed } from "../../parts/ConfigUsed";
import { copyText } from "../../parts/copyText";
import { Facts } from "../../parts/Facts";
import { formatMoment } from "../../parts/format";
import { Validity } from "../../parts/Validity";
import { quotesText } from "../../text/quotes";
import styles from "./QuoteFacts.module.css";

/** What stands about an issued quotation. */
export function QuoteFacts({ quote }: { quote: Quote }) {
  const { hash } = quote;
  return (
    <Facts
      facts={[
        {
          label: quotesText.validUntil,
          value: (
            <Validity
              until={quote.valid_until}
              open={quote.state === "issued" || quote.state === "expired"}
            />
          ),
        },
        { label: quotesText.issuedAt, value: quote.issued_at !== null && formatMoment(quote.issued_at) },
        { label: quotesText.owner, value: quote.owner.name },
        { label: quotesText.issuer, value: quote.issued_by?.name },
        { label: quotesText.branch, value: quote.branch.name },
        { label: quotesText.used, value: <ConfigUsed used={quote.used} /> },
        {
          label: quotesText.check,
          value: hash && (
            <details className={styles.check}>
              <summary>{quotesText.hash}</summary>
              <button type="button" className={styles.hash} title={hash} onClick={() => copyText(hash)}>
                {hash.slice(0, 16)}…
              </button>
            </details>
          ),
        },
      ]}
    />
  );
}
