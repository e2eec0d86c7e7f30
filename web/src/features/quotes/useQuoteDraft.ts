import { useQueryClient } from "@tanstack/react-query";
import {
  type RefObject,
  useCallback,
  useEffect,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { client, ifMatch, read } from "../../api/client";
import { Problem } from "../../api/problem";
import { meQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { serverNow } from "../../parts/format";
import { dropMine, putKept } from "../../parts/kept";
import { DraftSaver, type KeptSave } from "./DraftSaver";
import { type Change, type DraftDoc, docOf, inputOf, reduce, sameDoc, startHistory } from "./draftModel";
import { type KeptDraft, whatToDo, withKnownCosts, withoutKnownCosts } from "./keptDoc";
import { quoteKey, quoteQuery } from "./quoteApi";
import { useLeftBehind } from "./useLeftBehind";
import { useOtherTabs } from "./useOtherTabs";

/** A draft being edited: its content with undo, its prices from the server, and how its saving stands. */
export function useQuoteDraft(quote: Quote) {
  const cache = useQueryClient();
  const id = quote.id;
  const [person] = useState(() => cache.getQueryData(meQuery.queryKey)?.id ?? 0);
  const [history, dispatch] = useReducer(reduce, quote, (first) => startHistory(docOf(first)));
  const [saver] = useState(() => newSaver(quote, person));
  const status = useSyncExternalStore(saver.subscribe, saver.current);
  const known = useRef(history.doc);

  useRunning(saver);

  useSaved(saver, history.doc, known);
  useEffect(() => {
    cache.setQueryData(quoteKey(id), status.quote);
  }, [cache, id, status.quote]);

  /** Goes on from the version that came first with `doc`: mine, theirs, or what was chosen of both. */
  const settle = useCallback(
    (current: Quote, doc: DraftDoc) => {
      saver.settle(current, sameDoc(doc, docOf(current)) ? null : doc);
      known.current = doc;
      dispatch({ kind: "replace", doc });
    },
    [saver],
  );

  /** Takes up what this device kept: as it is, or side by side with what others made of the draft meanwhile. */
  const takeUp = useCallback(
    (kept: KeptDraft, current: Quote) => {
      const doc = withKnownCosts(kept.content, docOf(current));
      if (whatToDo(kept, current) === "offer") return dispatch({ kind: "restore", doc });
      const overtaken = new Problem(412, "changed_by_other", "", { current, changed_by: null });
      saver.collide(doc, kept.version, overtaken);
      known.current = doc;
      dispatch({ kind: "replace", doc });
    },
    [saver],
  );
  const left = useLeftBehind(person, quote, (own) => takeUp(own, saver.current().quote));
  /** What is typed here is saved first, so that nothing of it is lost beside what comes back. */
  const restore = async (kept: KeptDraft) => {
    takeUp(kept, await saver.flush());
    left.drop();
  };

  const follow = useCallback(
    async (version: number) => {
      const newer = () => saver.idle && version > saver.current().quote.version;
      if (!newer()) return;
      const current = await cache.fetchQuery({ ...quoteQuery(id), staleTime: 0 }).catch(() => null);
      if (current?.state === "draft" && newer()) settle(current, docOf(current));
    },
    [cache, id, saver, settle],
  );
  const otherTab = useOtherTabs(id, status.quote.version, follow);

  return {
    doc: history.doc,
    canUndo: history.past.length > 0,
    change: dispatch,
    status,
    flush: () => saver.flush(),
    settle,
    left,
    restore,
    otherTab,
  };
}

/** Sends a draft on the version that it leans on, so that the same save twice is one; keeps it here until it is there. */
function newSaver(quote: Quote, person: number): DraftSaver {
  const { id } = quote;
  const title = [quote.number, quote.customer.name].filter(Boolean).join(" · ");
  const keep = (kept: KeptSave | null) => {
    if (kept === null) return void dropMine(person, id);
    const server = docOf(saver.current().quote);
    const { version, doc, sent } = kept;
    const content = withoutKnownCosts(doc, server);
    const before = sent && withoutKnownCosts(sent, server);
    void putKept({ person, quote: id, version, at: serverNow(), title, content, sent: before });
  };
  const saver = new DraftSaver(quote, {
    put: (doc, version) =>
      read(
        client.PUT("/api/quotes/{id}", {
          params: { path: { id } },
          body: inputOf(doc),
          ...ifMatch(version),
        }),
      ),
    keep,
  });
  return saver;
}

/** Every change of the document goes to the saver once. */
function useSaved(saver: DraftSaver, doc: DraftDoc, known: RefObject<DraftDoc>) {
  useEffect(() => {
    if (doc === known.current) return;
    known.current = doc;
    saver.push(doc);
  }, [doc, known, saver]);
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
