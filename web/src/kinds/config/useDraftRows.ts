import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { client, ifMatch, read } from "../../api/client";
import type { Content, Draft, DraftRow } from "../../api/types";
import { draftKey, draftQuery, draftRowsKey, draftRowsQuery } from "./draftApi";
import { RowSaver, type SavedRows } from "./RowSaver";

const sameContent = (one: Content | null, other: Content | null) =>
  JSON.stringify(one) === JSON.stringify(other);

/** The row as it looks before the server has answered. */
function guess(row: DraftRow, content: Content | null): DraftRow {
  if (sameContent(content, row.before))
    return { ...row, content, change: "same", delta: null, delta_percent: null };
  const change = content === null ? "removed" : row.before === null ? "added" : "changed";
  return { ...row, content, change, delta: null, delta_percent: null };
}

/** The rows of a draft, changed at once on the screen and saved behind it. */
export function useDraftRows(draft: Draft) {
  const cache = useQueryClient();
  const id = draft.id;
  const query = useQuery(draftRowsQuery(id));
  const [saver] = useState(
    () =>
      new RowSaver(draft.version, {
        put: (change, version) =>
          read(
            client.PUT("/api/config/drafts/{id}/rows", {
              params: { path: { id } },
              body: change,
              ...ifMatch(version),
            }),
          ),
        refresh: () => cache.fetchQuery({ ...draftQuery(id), staleTime: 0 }),
        arrived: ({ draft: newer, rows }: SavedRows) => {
          cache.setQueryData(draftKey(id), newer);
          const byKey = new Map(rows.map((row) => [row.key, row]));
          cache.setQueryData<DraftRow[]>(draftRowsKey(id), (old = []) => {
            const known = new Set(old.map((row) => row.key));
            const fresh = rows.filter((row) => !known.has(row.key));
            return [...fresh, ...old.map((row) => byKey.get(row.key) ?? row)].filter(
              (row) => row.content !== null || row.before !== null,
            );
          });
          for (const part of ["draft checks", "draft diff"])
            cache.invalidateQueries({ queryKey: ["config", part, id] });
        },
      }),
  );
  const status = useSyncExternalStore(saver.subscribe, saver.current);
  useEffect(() => saver.follow(draft.version), [saver, draft.version]);
  const set = (key: string, content: Content | null) => {
    cache.setQueryData<DraftRow[]>(draftRowsKey(id), (old = []) =>
      old.map((row) => (row.key === key ? guess(row, content) : row)),
    );
    saver.set(key, content);
  };
  return {
    query,
    status,
    dirty: saver.dirty,
    set,
    /** Back to what is in force; a row that was added goes away. */
    revert: (row: DraftRow) => set(row.key, row.before),
    add: (content: Content) => saver.add(content),
    /** A row with a key of the person's own choosing. */
    put: (key: string, content: Content) => saver.set(key, content),
  };
}
