import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { toast } from "../../parts/toast";
import { agreeingText } from "../../text/agreeing";
import { quotesText } from "../../text/quotes";
import { draftAfter } from "./draftAfter";
import { quoteKey } from "./quoteApi";

/** Keeps every list that shows quotations fresh after one changed. */
export function useQuoteChanged() {
  const cache = useQueryClient();
  return (quote: Quote) => {
    cache.setQueryData(quoteKey(quote.id), quote);
    for (const area of ["quotes", "orders", "customers", "today"]) {
      cache.invalidateQueries({
        queryKey: [area],
        predicate: (query) => query.queryKey[1] !== "one" || query.queryKey[2] !== quote.id,
      });
    }
  };
}

/** What can be done to an issued quotation that leads to another one. */
export function useQuoteActions(quote: Quote) {
  const navigate = useNavigate();
  const changed = useQuoteChanged();
  const path = { params: { path: { id: quote.id } }, body: {} };
  const fault = (error: unknown) => toast(asProblem(error).message, { tone: "fault" });
  const open = (made: Quote, said: string | null) => {
    changed(made);
    if (said !== null) toast(said);
    navigate({ to: "/quotes/$quoteId", params: { quoteId: String(made.id) } });
  };
  const copy = useMutation({
    mutationFn: () => read(client.POST("/api/quotes/{id}/copy", path)),
    onSuccess: (made) => open(made, quotesText.copied),
    onError: fault,
  });
  const revise = useMutation({
    mutationFn: () => read(client.POST("/api/quotes/{id}/revise", path)),
    onSuccess: (made) => open(made, draftAfter(quote) === null ? quotesText.reviseDone(made.revision) : null),
    onError: fault,
  });
  const option = useMutation({
    mutationFn: () => read(client.POST("/api/quotes/{id}/options", path)),
    onSuccess: (made) => open(made, agreeingText.optionMade(made.option ?? "")),
    onError: fault,
  });
  return { copy, revise, option };
}

export type QuoteActions = ReturnType<typeof useQuoteActions>;
