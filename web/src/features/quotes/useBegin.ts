import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { client, read } from "../../api/client";
import { randomKey } from "../../api/ids";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import { serverNow } from "../../parts/format";
import { type Begun, dropBegun, forgetOthers, putBegun, readBegun } from "../../parts/kept";
import { useWhenOnline } from "../../parts/useWhenOnline";
import { begunFor, stillOffered } from "./begun";
import { begunNow } from "./leftEmpty";
import { quoteKey } from "./quoteApi";

/**
 * Begins a quotation for a customer, once: its key is kept on this device before it is sent, so that a second tap, a
 * lost answer, the network's return and a closed tab all end in the same draft.
 */
export function useBegin() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [person] = useState(() => cache.getQueryData(meQuery.queryKey)?.id ?? 0);
  const [left, setLeft] = useState<Begun | null>(null);
  const underWay = useRef(false);
  const begin = useMutation({
    mutationFn: async (begun: Begun) => {
      await putBegun(person, begun);
      const headers = { "Idempotency-Key": begun.key };
      return read(client.POST("/api/quotes", { body: { customer_id: begun.customerId }, headers }));
    },
    onSuccess: async (quote) => {
      await dropBegun(person);
      begunNow(quote.id);
      cache.setQueryData(quoteKey(quote.id), quote);
      cache.invalidateQueries({ queryKey: ["quotes", "list"] });
      await navigate({ to: "/quotes/$quoteId", params: { quoteId: String(quote.id) }, replace: true });
    },
    onError: (error) => {
      underWay.current = false;
      if (!asProblem(error).passing) void dropBegun(person);
    },
  });
  const { mutate } = begin;
  const send = useCallback(
    (begun: Begun) => {
      if (underWay.current) return;
      underWay.current = true;
      setLeft(null);
      mutate(begun);
    },
    [mutate],
  );
  const beginFor = useCallback(
    async (customerId: number, customerName: string) => {
      if (underWay.current) return;
      const known = await readBegun(person);
      send(begunFor(known, customerId, customerName, randomKey(), serverNow()));
    },
    [person, send],
  );
  const problem = begin.error ? asProblem(begin.error) : null;
  const lost = problem?.passing ? begin.variables : undefined;
  useWhenOnline(() => lost && send(lost));
  const look = useCallback(async () => {
    const known = await readBegun(person);
    if (!underWay.current && stillOffered(known, serverNow())) setLeft(known);
  }, [person]);
  useFirstLook(person, look);
  return {
    beginFor,
    busy: begin.isPending || begin.isSuccess,
    problem,
    /** Sent, and nobody knows whether it arrived. */
    lost,
    /** What an earlier page sent without an answer. */
    left,
    again: send,
    drop: () => {
      setLeft(null);
      void dropBegun(person);
    },
  };
}

/** What others left on this device goes first; then one looks for one's own. */
function useFirstLook(person: number, look: () => Promise<void>) {
  useEffect(() => {
    let gone = false;
    void forgetOthers(person).then(() => (gone ? undefined : look()));
    return () => {
      gone = true;
    };
  }, [person, look]);
}
