import { type QueryClient, queryOptions, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { client, ifMatch, read } from "../../api/client";
import type { Draft } from "../../api/types";
import { DraftBook } from "./DraftBook";
import { draftKey, draftQuery, draftRowsKey } from "./draftApi";
import { sameContent } from "./sameContent";

interface Shelf {
  book: DraftBook;
  /** Tells the rows of one book from those of the next one for the same draft. */
  serial: number;
  readers: number;
}

const shelves = new Map<number, Shelf>();
let serial = 0;

function newBook(cache: QueryClient, { id, version }: Draft): DraftBook {
  const path = { id };
  return new DraftBook(version, {
    page: (after, limit, signal) =>
      read(client.GET("/api/config/drafts/{id}/rows", { params: { path, query: { limit, after } }, signal })),
    put: (change, from) =>
      read(client.PUT("/api/config/drafts/{id}/rows", { params: { path }, body: change, ...ifMatch(from) })),
    refresh: () => cache.fetchQuery({ ...draftQuery(id), staleTime: 0 }),
    told: (draft) => cache.setQueryData(draftKey(id), draft),
    settled: () => {
      for (const part of ["draft checks", "draft diff"])
        cache.invalidateQueries({ queryKey: ["config", part, id] });
    },
    same: sameContent,
  });
}

function shelfOf(cache: QueryClient, draft: Draft): Shelf {
  const known = shelves.get(draft.id);
  if (known) return known;
  serial += 1;
  const shelf = { book: newBook(cache, draft), serial, readers: 0 };
  shelves.set(draft.id, shelf);
  return shelf;
}

/** Off the shelf once nobody reads it and nothing of it waits to be saved. */
function putBack(id: number, shelf: Shelf) {
  shelf.readers -= 1;
  const leave = () => {
    if (shelf.readers > 0 || shelf.book.saver.dirty || shelves.get(id) !== shelf) return;
    shelves.delete(id);
  };
  setTimeout(leave, 0);
  shelf.book.saver.subscribe(leave);
}

/** The book of a draft, the same one for every tab of its page; its steps can be taken back until the page is left. */
export function useDraftBook(draft: Draft) {
  const cache = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: one book for one draft, whatever its version.
  const shelf = useMemo(() => shelfOf(cache, draft), [cache, draft.id]);
  const { book } = shelf;
  useEffect(() => {
    shelf.readers += 1;
    shelves.set(draft.id, shelf);
    return () => putBack(draft.id, shelf);
  }, [shelf, draft.id]);
  useEffect(() => book.saver.follow(draft.version), [book, draft.version]);
  const rowsQuery = useMemo(
    () =>
      queryOptions({
        queryKey: [...draftRowsKey(draft.id), shelf.serial],
        queryFn: ({ signal }) => book.load(signal),
        staleTime: 60_000,
      }),
    [book, draft.id, shelf.serial],
  );
  return { book, rowsQuery };
}
