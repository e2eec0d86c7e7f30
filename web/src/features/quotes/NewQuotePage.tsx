import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { Card } from "../../parts/Card";
import { CustomerSearch } from "../../parts/CustomerSearch";
import { Page } from "../../parts/Page";
import { ProblemNote } from "../../parts/ProblemNote";
import { Skeleton } from "../../parts/Skeleton";
import { customersText } from "../../text/customers";
import { quotesText } from "../../text/quotes";
import { quoteKey } from "./quoteApi";

const route = getRouteApi("/app/quotes/new");

/** A new quotation begins with its customer; the draft then lives on the server. */
export function NewQuotePage() {
  const { customer } = route.useSearch();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const begun = useRef(false);
  const begin = useMutation({
    mutationFn: (customer_id: number) => read(client.POST("/api/quotes", { body: { customer_id } })),
    onSuccess: (quote) => {
      cache.setQueryData(quoteKey(quote.id), quote);
      cache.invalidateQueries({ queryKey: ["quotes", "list"] });
      navigate({ to: "/quotes/$quoteId", params: { quoteId: String(quote.id) }, replace: true });
    },
  });
  const { mutate } = begin;
  // A second tap on the same customer makes no second draft.
  const beginFor = useCallback(
    (id: number) => {
      if (begun.current) return;
      begun.current = true;
      mutate(id, { onError: () => (begun.current = false) });
    },
    [mutate],
  );
  useEffect(() => {
    if (customer !== undefined) beginFor(customer);
  }, [customer, beginFor]);
  const waiting = begin.isPending || begin.isSuccess;
  return (
    <Page title={quotesText.create} back="/quotes" width="read">
      {begin.error && <ProblemNote problem={asProblem(begin.error)} />}
      {waiting || (customer !== undefined && !begin.isError) ? (
        <Skeleton rows={4} />
      ) : (
        <Card title={customersText.pick}>
          <CustomerSearch onPick={(picked) => beginFor(picked.id)} />
        </Card>
      )}
    </Page>
  );
}
