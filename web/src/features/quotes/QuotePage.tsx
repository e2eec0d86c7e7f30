import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { Loaded } from "../../parts/Loaded";
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
      {(quote) =>
        quote.state === "draft" ? (
          <QuoteEditor key={quote.id} quote={quote} onIssued={() => setIssuedHere(quote.id)} />
        ) : (
          <IssuedQuote key={quote.id} quote={quote} fresh={issuedHere === quote.id} />
        )
      }
    </Loaded>
  );
}
