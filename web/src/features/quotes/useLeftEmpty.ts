import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import type { Quote } from "../../api/types";
import { toast } from "../../parts/toast";
import { quotesText } from "../../text/quotes";
import { dropEmpty, type Left, leavesNothing } from "./leftEmpty";
import { quoteKey } from "./quoteApi";

/** Whoever begins a draft and goes away with nothing in it leaves none behind; it is said, with a way back. */
export function useLeftEmpty(person: number, left: Left) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const last = useRef(left);
  last.current = left;
  const drop = useCallback(
    async (quote: Quote) => {
      if (!(await dropEmpty(person, quote))) return;
      cache.removeQueries({ queryKey: quoteKey(quote.id) });
      for (const area of ["quotes", "customers", "today"]) cache.invalidateQueries({ queryKey: [area] });
      const again = () => navigate({ to: "/quotes/new", search: { customer: quote.customer.id } });
      toast(quotesText.emptyLeft, { action: { word: quotesText.emptyAgain, act: () => void again() } });
    },
    [person, cache, navigate],
  );
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      const { current } = last;
      // Drawn twice in development, the page is there again at once.
      if (leavesNothing(current)) setTimeout(() => here.current || void drop(current.status.quote), 0);
    };
  }, [drop]);
}
