import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Draft } from "../../api/types";
import { useDraftBook } from "./useDraftBook";

/** The rows of a draft, changed at once on the screen and saved behind it. */
export function useDraftRows(draft: Draft) {
  const { book, rowsQuery } = useDraftBook(draft);
  const query = useQuery(rowsQuery);
  const view = useSyncExternalStore(book.subscribe, book.view);
  const status = useSyncExternalStore(book.saver.subscribe, book.saver.current);
  return { book, query, view, status, dirty: book.saver.dirty };
}

export type DraftRows = ReturnType<typeof useDraftRows>;
