import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { Loaded } from "../../parts/Loaded";
import { Visit } from "../../parts/visited";
import { quotesText } from "../../text/quotes";
import { IssuedQuote } from "./IssuedQuote";
import { QuoteEditor } from "./QuoteEditor";
import { quoteQuery } from "./quoteApi";

const route = getRouteApi("/app/quotes/$quoteId");

/** One quotation: a draft to be filled, or what was issued. */
export function QuotePage() {
  const id = Number(route.useParams().quoteId);
  const query = useQuery(quoteQuery(id));
  const [issuedHere, setIssuedHere] = useState<number | null>(null);
  return (
    <Loaded query={query}>
      {(quote) => (
        <>
          <Visit
            kind="quote"
            id={quote.id}
            word={quote.number ? quotesText.versioned(quote.number, quote.revision) : quotesText.draftNumber}
            detail={quote.customer.name}
          />
          {quote.state === "draft" ? (
            <QuoteEditor key={quote.id} quote={quote} onIssued={() => setIssuedHere(quote.id)} />
          ) : (
            <IssuedQuote key={quote.id} quote={quote} fresh={issuedHere === quote.id} />
          )}
        </>
      )}
    </Loaded>
  );
}
