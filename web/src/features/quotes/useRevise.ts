import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Quote } from "../../api/types";
import { draftAfter } from "./draftAfter";
import { liveLinks, sharesQuery } from "./shareApi";
import type { QuoteActions } from "./useQuoteActions";

/** Revising, which says first what becomes of the links that a customer holds. */
export function useRevise(quote: Quote, acts: QuoteActions) {
  const [asking, setAsking] = useState(false);
  const may = quote.actions.includes("revise");
  const links = useQuery({ ...sharesQuery(quote.id), enabled: may }).data?.items ?? [];
  const live = liveLinks(links);
  return {
    /** How many links a customer can accept on now. */
    live,
    asking,
    press: () => (live > 0 && draftAfter(quote) === null ? setAsking(true) : acts.revise.mutate()),
    stop: () => setAsking(false),
  };
}
