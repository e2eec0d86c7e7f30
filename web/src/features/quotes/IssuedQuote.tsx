import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Quote } from "../../api/types";
import { useActivity } from "../../parts/activity";
import { Card } from "../../parts/Card";
import { formatMoney } from "../../parts/format";
import { Page } from "../../parts/Page";
import { PrintedHead } from "../../parts/PrintedHead";
import { QuoteState } from "../../parts/QuoteState";
import record from "../../parts/Record.module.css";
import { useIsPhone } from "../../parts/useIsPhone";
import { Validity } from "../../parts/Validity";
import { customersText } from "../../text/customers";
import { quotesText } from "../../text/quotes";
import { DocumentRead } from "./DocumentRead";
import { FollowUpCard } from "./FollowUpCard";
import { HoldCard } from "./HoldCard";
import { IssuedMenu } from "./IssuedMenu";
import { KeptEnded } from "./KeptEnded";
import { OutcomeCard } from "./OutcomeCard";
import { QuoteFacts } from "./QuoteFacts";
import { ReleaseSheet } from "./ReleaseSheet";
import { ReviseSheet } from "./ReviseSheet";
import { SendCard } from "./SendCard";
import { SignSheet } from "./SignSheet";
import { useQuoteActions } from "./useQuoteActions";
import { useRevise } from "./useRevise";
import { VersionChain } from "./VersionChain";

const RecordTasks = lazy(() =>
  import("../../parts/RecordTasks").then((file) => ({ default: file.RecordTasks })),
);

/** What was issued, word for word; the next step stands on top. */
export function IssuedQuote({ quote, fresh }: { quote: Quote; fresh: boolean }) {
  const phone = useIsPhone();
  const activity = useActivity(quote.id);
  const acts = useQuoteActions(quote);
  const revise = useRevise(quote, acts);
  const [signing, setSigning] = useState(false);
  const [releasing, setReleasing] = useState(false);
  const may = (action: string) => quote.actions.includes(action);
  return (
    <Page
      title={quotesText.versioned(quote.number ?? "", quote.revision)}
      back="/quotes"
      meta={<QuoteState state={quote.state} />}
      actions={<IssuedMenu quote={quote} acts={acts} onRevise={revise.press} />}
      width="record"
    >
      <PrintedHead />
      <KeptEnded quote={quote} />
      {phone && (
        <>
          <CustomerLine quote={quote} />
          <AtOnce quote={quote} />
        </>
      )}
      <div className={record.record}>
        <div className={record.side}>
          {!phone && (
            <Card title={quotesText.customer}>
              <CustomerLine quote={quote} />
            </Card>
          )}
          <Card title={quotesText.details}>
            <QuoteFacts quote={quote} />
          </Card>
          {may("cancel") && (
            <div data-noprint>
              <FollowUpCard quote={quote} />
            </div>
          )}
          {quote.chain.length > 1 && <VersionChain quote={quote} />}
        </div>
        <div className={record.main}>
          <div data-noprint>
            <Suspense>
              <RecordTasks quote={quote.id} />
            </Suspense>
          </div>
          {quote.signed || quote.cancelled ? <OutcomeCard quote={quote} /> : null}
          <HoldCard quote={quote} acts={acts} onRevise={revise.press} onRelease={() => setReleasing(true)} />
          {may("pdf") && (
            <div data-noprint>
              <SendCard
                quote={quote}
                fresh={fresh}
                onSeen={activity.pdf}
                onSign={may("sign") ? () => setSigning(true) : undefined}
              />
            </div>
          )}
          <DocumentRead quote={quote} before />
        </div>
      </div>
      {revise.asking && <ReviseSheet quote={quote} acts={acts} live={revise.live} onClose={revise.stop} />}
      {signing && <SignSheet quote={quote} acts={acts} onClose={() => setSigning(false)} />}
      {releasing && <ReleaseSheet quote={quote} onClose={() => setReleasing(false)} />}
    </Page>
  );
}

/** What a customer asks for first, in sight on a phone without a scroll. */
function AtOnce({ quote }: { quote: Quote }) {
  return (
    <dl className={record.atOnce}>
      <div>
        <dt>{quotesText.gross}</dt>
        <dd className={`${record.total} number`}>{formatMoney(quote.totals.net)}</dd>
      </div>
      <div>
        <dt>{quotesText.validUntil}</dt>
        <dd>
          <Validity until={quote.valid_until} open={quote.state === "issued" || quote.state === "expired"} />
        </dd>
      </div>
    </dl>
  );
}

/** For whom it was made. */
function CustomerLine({ quote: { customer } }: { quote: Quote }) {
  return (
    <div className={record.whose}>
      <Link to="/customers/$customerId" params={{ customerId: String(customer.id) }} className={record.name}>
        {customer.name}
      </Link>
      <p>
        {[customer.contact, customer.phone, customer.tier && customersText.tierNamed(customer.tier)]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  );
}
