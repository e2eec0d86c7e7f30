import { useEffect, useState } from "react";
import { printText } from "../text/print";
import { toast } from "./toast";

/** More rows nobody reads on paper; the export holds them all. */
const PRINTED_ROWS_MAX = 2000;
/** A page that does not come is not waited for for ever. */
const PAGES_MAX = 200;

interface Pages {
  data: { pages: { items: unknown[] }[] } | undefined;
  hasNextPage: boolean;
  fetchNextPage: () => Promise<{ hasNextPage: boolean; isError: boolean; data: Pages["data"] }>;
}

/** Prints a list with all its rows, not only those that were scrolled to. */
export function usePrintAll(query: Pages) {
  const [busy, setBusy] = useState(false);
  /** How often everything stood ready for paper. */
  const [ready, setReady] = useState(0);
  // The rows that came last must stand on the page before it goes to paper.
  useEffect(() => {
    if (ready === 0) return;
    const timer = setTimeout(() => window.print(), 60);
    return () => clearTimeout(timer);
  }, [ready]);
  const print = async () => {
    setBusy(true);
    let state = { hasNextPage: query.hasNextPage, isError: false, data: query.data };
    for (let page = 0; state.hasNextPage && !state.isError && page < PAGES_MAX; page += 1) {
      if (rowsOf(state.data) >= PRINTED_ROWS_MAX) break;
      state = await query.fetchNextPage();
    }
    setBusy(false);
    if (state.isError) return toast(printText.failed, { tone: "fault" });
    if (state.hasNextPage) toast(printText.onlyFirst(rowsOf(state.data)));
    setReady((times) => times + 1);
  };
  return { print, busy };
}

const rowsOf = (data: Pages["data"]) => (data?.pages ?? []).reduce((sum, page) => sum + page.items.length, 0);
