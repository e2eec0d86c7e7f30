import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { SharedQuote } from "../../api/types";
import { buttonClass } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { formatFullDay, formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { ProblemNote } from "../../parts/ProblemNote";
import { quotesText } from "../../text/quotes";
import { sharedPageText } from "../../text/sharedPage";
import { AcceptBar } from "./AcceptBar";
import { AcceptedHead } from "./AcceptedHead";
import { ACCEPT_ID, AcceptForm } from "./AcceptForm";
import { SharedGoods } from "./SharedGoods";
import styles from "./SharedQuotePage.module.css";
import { SharedWords } from "./SharedWords";

const route = getRouteApi("/s/$token");

/** What the customer sees on a link: the quotation, its PDF, and the way to accept it; without signing in. */
export function SharedQuotePage() {
  const { token } = route.useParams();
  const path = { token };
  const query = useQuery({
    queryKey: ["shared", token],
    queryFn: ({ signal }) => read(client.GET("/api/public/shares/{token}", { params: { path }, signal })),
    retry: false,
  });
  const [justNow, setJustNow] = useState(false);
  const seen = query.data !== undefined;
  useEffect(() => {
    document.title = sharedPageText.pageTitle;
    // Only what a person really has before them counts as seen; whether it could be noted is not their concern.
    if (seen)
      client
        .POST("/api/public/shares/{token}/views", { params: { path: { token } }, body: {} })
        .catch(() => undefined);
  }, [seen, token]);
  const refused = query.error ? asProblem(query.error) : null;
  // What is shown, and typed into it, stays while the network is away.
  const problem = refused?.offline && seen ? null : refused;
  return (
    <main className={styles.page}>
      {problem ? (
        <section className={styles.card}>
          {problem.status === 404 ? (
            <EmptyState
              icon="warning"
              title={sharedPageText.missingTitle}
              hint={sharedPageText.missingHint}
            />
          ) : (
            <ProblemNote problem={problem} />
          )}
        </section>
      ) : (
        <Loaded query={query}>
          {(quote) => (
            <>
              <Outcome quote={quote} justNow={justNow} />
              <Head quote={quote} />
              {!isReplaced(quote) && (
                <>
                  <SharedGoods quote={quote} token={token} />
                  <Pdf token={token} />
                </>
              )}
              {quote.closed === null && (
                <AcceptForm
                  token={token}
                  quote={quote}
                  onAccepted={() => {
                    setJustNow(true);
                    query.refetch();
                  }}
                  onUnanswered={() => query.refetch()}
                />
              )}
              {quote.closed === null && <AcceptBar formId={ACCEPT_ID} net={quote.totals.net} />}
              <p className={styles.small}>{sharedPageText.notSignature}</p>
            </>
          )}
        </Loaded>
      )}
    </main>
  );
}

/** A newer version has taken its place: its prices would only mislead. */
const isReplaced = (quote: SharedQuote) => quote.closed?.code === "superseded";

function Pdf({ token }: { token: string }) {
  return (
    <a
      className={buttonClass("plain", true)}
      href={`/api/public/shares/${token}/pdf`}
      target="_blank"
      rel="noreferrer"
      data-noprint
    >
      <Icon name="download" size={18} />
      <span>{sharedPageText.pdf}</span>
    </a>
  );
}

function Head({ quote }: { quote: SharedQuote }) {
  const english = quote.with_english;
  return (
    <section className={styles.card}>
      <p className={styles.company}>{quote.company}</p>
      <h1 className={styles.hello}>{sharedPageText.hello(quote.contact || quote.customer)}</h1>
      {!isReplaced(quote) && (
        <p className={styles.total}>
          <SharedWords word="total" english={english} />
          <b>{formatMoney(quote.totals.net)}</b>
        </p>
      )}
      <dl className={styles.facts}>
        {quote.contact !== "" && (
          <>
            <dt>{sharedPageText.forWhom}</dt>
            <dd>{quote.customer}</dd>
          </>
        )}
        <dt>
          <SharedWords word="number" english={english} />
        </dt>
        <dd>
          {quotesText.versioned(quote.number, quote.revision)}
          {quote.option !== null && <b className={styles.option}>{quote.option}</b>}
        </dd>
        <dt>
          <SharedWords word="day" english={english} />
        </dt>
        <dd>{formatFullDay(quote.issued_day)}</dd>
        <dt>
          <SharedWords word="validUntil" english={english} />
        </dt>
        <dd>{formatFullDay(quote.valid_until)}</dd>
        <dt>
          <SharedWords word="seller" english={english} />
        </dt>
        <dd>
          {quote.salesperson}
          {quote.salesperson_phone !== "" && (
            <a className={styles.call} href={`tel:${quote.salesperson_phone}`}>
              {sharedPageText.call(quote.salesperson_phone)}
            </a>
          )}
        </dd>
      </dl>
      {quote.closed === null && (
        <p className={styles.explains} data-noprint>
          {sharedPageText.acceptLead}
        </p>
      )}
    </section>
  );
}

/** Accepted, or why it cannot be. */
function Outcome({ quote, justNow }: { quote: SharedQuote; justNow: boolean }) {
  if (quote.accepted) {
    return <AcceptedHead accepted={quote.accepted} justNow={justNow} />;
  }
  if (quote.closed === null) return null;
  return (
    <section className={`${styles.card} ${styles.closed}`} role="status">
      <Icon name="warning" size={24} />
      <p>{quote.closed.detail}</p>
    </section>
  );
}
