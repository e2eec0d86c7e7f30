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
import { toast } from "../../parts/toast";
import { quotesText } from "../../text/quotes";
import { DraftSaver, type KeptSave } from "./DraftSaver";
import { type Change, type DraftDoc, docOf, inputOf, reduce, sameDoc, startHistory } from "./draftModel";
import { type KeptDraft, keptBeside, withoutKnownCosts } from "./keptDoc";
import { quoteKey, quoteQuery } from "./quoteApi";
import { useLeftBehind } from "./useLeftBehind";
import { useLeftEmpty } from "./useLeftEmpty";
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

  const { settle, takeUp, adopt } = useSettling(saver, known, dispatch);
  const lock = useLock(id, status.problem, adopt);
  /** What somebody made of the draft meanwhile takes the place of what was about to be issued, and is told. */
  const overtaken = (current: Quote, by: string | null) => {
    toast(quotesText.changedBeforeIssue(by), { tone: "fault" });
    if (current.state === "draft") adopt(current);
  };
  const left = useLeftBehind(person, status.quote, (own) => takeUp(own, saver.current().quote));
  /** What is typed here is saved first, so that nothing of it is lost beside what comes back. */
  const restore = async (kept: KeptDraft) => {
    takeUp(kept, await saver.flush());
    left.drop();
  };

  const follow = useFollow(id, saver, settle);
  const otherTab = useOtherTabs(id, status.quote.version, follow);
  useLeftEmpty(person, { doc: history.doc, status, otherTab });

  return {
    doc: history.doc,
    canUndo: history.past.length > 0,
    change: dispatch,
    status,
    flush: () => saver.flush(),
    settle,
    adopt,
    /** The same version with something beside its content that has changed, or the next in other hands. */
    beside: (current: Quote) =>
      current.version === saver.current().quote.version ? saver.beside(current) : adopt(current),
    lock,
    overtaken,
    /** What the content under the hands was typed on. */
    base: () => saver.base,
    left,
    restore,
    otherTab,
  };
}

type Dispatch = (action: Parameters<typeof reduce>[1]) => void;

/** What becomes of the content under the hands when another version of the draft is there. */
function useSettling(saver: DraftSaver, known: RefObject<DraftDoc>, dispatch: Dispatch) {
  /** Goes on from the version that came first with `doc`: mine, theirs, or what was chosen of both. */
  const settle = useCallback(
    (current: Quote, doc: DraftDoc) => {
      saver.settle(current, sameDoc(doc, docOf(current)) ? null : doc);
      known.current = doc;
      dispatch({ kind: "replace", doc });
    },
    [saver, known, dispatch],
  );

  /** Takes up what this device kept: as it is, or side by side with what others made of the draft meanwhile. */
  const takeUp = useCallback(
    (kept: KeptDraft, current: Quote) => {
      const { mine: doc, base, merged, changes } = keptBeside(kept, current);
      if (changes.every((one) => one.free)) return dispatch({ kind: "restore", doc: merged });
      const overtaken = new Problem(412, "changed_by_other", "", { current, changed_by: null });
      saver.collide(doc, kept.version, overtaken, base);
      known.current = doc;
      dispatch({ kind: "replace", doc });
    },
    [saver, known, dispatch],
  );
  /** The draft as the server has it takes the place of what is under the hands; what was typed stays on the device. */
  const adopt = useCallback(
    (current: Quote) => {
      const doc = docOf(current);
      saver.adopt(current);
      known.current = doc;
      dispatch({ kind: "replace", doc });
    },
    [saver, known, dispatch],
  );
  return { settle, takeUp, adopt };
}

/** Shows the draft as it stands once it is no longer this person's to write. */
function useLock(id: number, problem: Problem | null, adopt: (current: Quote) => void) {
  const cache = useQueryClient();
  /** Says why nothing more can be saved here, and shows the draft as it now stands. */
  const lock = useCallback(
    async (problem: Problem) => {
      const current = await cache.fetchQuery({ ...quoteQuery(id), staleTime: 0 }).catch(() => null);
      if (!current) return;
      toast(problem.message, { tone: "fault" });
      if (current.state === "draft") adopt(current);
    },
    [adopt, cache, id],
  );
  useEffect(() => {
    if (problem && isOver(problem)) void lock(problem);
  }, [problem, lock]);

  return lock;
}

/** Goes along with what another tab has saved, while nothing is typed here. */
function useFollow(id: number, saver: DraftSaver, settle: (current: Quote, doc: DraftDoc) => void) {
  const cache = useQueryClient();
  return useCallback(
    async (version: number) => {
      const newer = () => saver.idle && version > saver.current().quote.version;
      if (!newer()) return;
      const current = await cache.fetchQuery({ ...quoteQuery(id), staleTime: 0 }).catch(() => null);
      if (current?.state === "draft" && newer()) settle(current, docOf(current));
    },
    [cache, id, saver, settle],
  );
}

/** Whether the draft is no longer this person's to write: somebody took it over, or it is no draft any more. */
export const isOver = ({ code }: Problem) => code === "taken_over" || code === "wrong_state";

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
    const base = withoutKnownCosts(kept.base ?? server, server);
    void putKept({ person, quote: id, version, at: serverNow(), title, content, base, sent: before });
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
