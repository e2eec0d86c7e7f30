import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useRef, useState, useSyncExternalStore } from "react";
import { client, ifMatch, read } from "../../api/client";
import { Problem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { forget, keep, readKept } from "../../parts/deviceStore";
import { DraftSaver } from "./DraftSaver";
import { type Change, type DraftDoc, docOf, inputOf, reduce, sameDoc, startHistory } from "./draftModel";
import { quoteKey } from "./quoteApi";

interface Kept {
  version: number;
  doc: DraftDoc;
}

const keptKey = (id: number) => `quote ${id}`;

/** A draft being edited: its content with undo, its prices from the server, and how its saving stands. */
export function useQuoteDraft(quote: Quote) {
  const cache = useQueryClient();
  const id = quote.id;
  const [history, dispatch] = useReducer(reduce, quote, (first) => startHistory(docOf(first)));
  const [saver] = useState(
    () =>
      new DraftSaver(quote, {
        put: (doc, version) =>
          read(
            client.PUT("/api/quotes/{id}", {
              params: { path: { id } },
              body: inputOf(doc),
              ...ifMatch(version),
            }),
          ),
        keep: (kept) => void (kept ? keep(keptKey(id), kept) : forget(keptKey(id))),
      }),
  );
  const status = useSyncExternalStore(saver.subscribe, saver.current);
  const known = useRef(history.doc);

  useRunning(saver);

  useEffect(() => {
    if (history.doc === known.current) return;
    known.current = history.doc;
    saver.push(history.doc);
  }, [history.doc, saver]);

  useEffect(() => {
    cache.setQueryData(quoteKey(id), status.quote);
  }, [cache, id, status.quote]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what this device kept before the page opened matters; later content is pushed above.
  useEffect(() => {
    let gone = false;
    readKept<Kept>(keptKey(id)).then((kept) => {
      if (gone || !kept || sameDoc(kept.doc, docOf(quote))) return;
      if (kept.version === quote.version) return dispatch({ kind: "replace", doc: kept.doc });
      saver.collide(kept.doc, new Problem(412, "changed_by_other", "", { current: quote, changed_by: null }));
      known.current = kept.doc;
      dispatch({ kind: "replace", doc: kept.doc });
    });
    return () => {
      gone = true;
    };
  }, [id]);

  /** Goes on from the version that came first with `doc`: mine, theirs, or what was chosen of both. */
  const settle = (current: Quote, doc: DraftDoc) => {
    known.current = doc;
    saver.settle(current, sameDoc(doc, docOf(current)) ? null : doc);
    if (!sameDoc(doc, history.doc)) dispatch({ kind: "replace", doc });
  };

  return {
    doc: history.doc,
    canUndo: history.past.length > 0,
    change: dispatch,
    status,
    flush: () => saver.flush(),
    settle,
  };
}

/** The saver works while the page is open, and tries again once the network is back. */
function useRunning(saver: DraftSaver) {
  useEffect(() => {
    saver.start();
    const online = () => saver.retry();
    window.addEventListener("online", online);
    return () => {
      window.removeEventListener("online", online);
      saver.stop();
    };
  }, [saver]);
}

export type ChangeDraft = (change: Change) => void;
