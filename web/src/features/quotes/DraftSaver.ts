import { replaceEqualDeep } from "@tanstack/react-query";
import { asProblem, conflictOf, type Problem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { Listeners } from "../../parts/Listeners";
import { type DraftDoc, docOf, sameDoc } from "./draftModel";

export type SaveState = "saved" | "saving" | "offline" | "failed" | "conflict";

export interface SaverStatus {
  state: SaveState;
  /** The server's answer to the last save: figures, problems, version. */
  quote: Quote;
  problem: Problem | null;
}

interface Wires {
  put: (doc: DraftDoc, version: number) => Promise<Quote>;
  /** Keeps what is not yet on the server on this device; null forgets it. */
  keep: (kept: KeptSave | null) => void;
}

/** What stays on the device until the server has it. */
export interface KeptSave {
  version: number;
  doc: DraftDoc;
  /** What it was typed on, where that is not the server's answer to the last save. */
  base?: DraftDoc;
  /** Sent on that version, its answer not yet here: if this stands on the server, nobody else was first. */
  sent?: DraftDoc;
}

const SETTLE_MS = 110;
const AGAIN_MS = 4000;

/**
 * Saves a draft as it is typed: one request at a time, always the newest content, each on the version before it.
 * What could not be sent stays on the device and is sent again.
 */
export class DraftSaver {
  private status: SaverStatus;
  private waiting: DraftDoc | null = null;
  /** Sent, but nobody knows whether it arrived: its answer was lost on the way. */
  private unanswered: DraftDoc | null = null;
  private sending: Promise<void> | null = null;
  private inFlight: DraftDoc | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  /** What stands against a newer version was typed on this, and not on the server's last answer. */
  private ground: { version: number; base?: DraftDoc } | null = null;
  private readonly listeners = new Listeners();
  private readonly wires: Wires;

  constructor(quote: Quote, wires: Wires) {
    this.status = { state: "saved", quote, problem: null };
    this.wires = wires;
  }

  subscribe = this.listeners.subscribe;

  current = () => this.status;

  /** Takes the newest content; it is sent once typing pauses. */
  push(doc: DraftDoc) {
    this.waiting = doc;
    this.keep(doc);
    if (this.status.state === "conflict") return;
    this.tell({ state: this.status.state === "offline" ? "offline" : "saving" });
    this.schedule(SETTLE_MS);
  }

  /** Everything typed is on the server when this resolves; it throws what hinders. */
  async flush(): Promise<Quote> {
    clearTimeout(this.timer);
    while (this.waiting !== null || this.sending !== null) {
      await (this.sending ?? this.send());
      if (this.status.problem) throw this.status.problem;
    }
    return this.status.quote;
  }

  /** After a conflict: go on from this version, with `doc` if ours shall win. */
  settle(quote: Quote, doc: DraftDoc | null) {
    this.waiting = null;
    this.ground = null;
    this.tell({ state: "saved", quote, problem: null });
    if (doc) this.push(doc);
    else this.wires.keep(null);
  }

  /** Goes on from `quote` as it is: what was kept on this device stays there, until somebody decides about it. */
  adopt(quote: Quote) {
    clearTimeout(this.timer);
    this.waiting = null;
    this.ground = null;
    this.unanswered = null;
    this.tell({ state: "saved", quote, problem: null });
  }

  /** Something beside the content of this very version has changed, as who was asked to decide on it. */
  beside(quote: Quote) {
    if (quote.version !== this.status.quote.version) return;
    this.tell({ quote: replaceEqualDeep(this.status.quote, quote) });
  }

  /** Content of this device, typed on `base` as `version`, that stands against a newer version on the server. */
  collide(doc: DraftDoc, version: number, problem: Problem, base?: DraftDoc) {
    this.waiting = doc;
    this.ground = { version, base };
    this.keep(doc);
    this.tell({ state: "conflict", problem });
  }

  /** What the content that waits was typed on. */
  get base(): DraftDoc {
    return this.ground?.base ?? docOf(this.status.quote);
  }

  /** Nothing of this tab is on its way or waiting: what others saved may take its place. */
  get idle(): boolean {
    return this.waiting === null && this.sending === null && this.status.state === "saved";
  }

  retry() {
    if (this.waiting !== null && this.status.state !== "conflict") this.schedule(0);
  }

  start() {
    this.stopped = false;
  }

  /** Sends what is left and stops trying again. */
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.waiting !== null && this.sending === null && this.status.state !== "conflict") void this.send();
  }

  private schedule(ms: number) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.sending === null) void this.send();
    }, ms);
  }

  private send(): Promise<void> {
    const doc = this.waiting;
    if (doc === null) return Promise.resolve();
    this.waiting = null;
    this.inFlight = doc;
    this.sending = this.wires
      .put(doc, this.status.quote.version)
      .then((quote) => this.arrived(quote))
      .catch((error: unknown) => this.refused(doc, asProblem(error)));
    return this.sending;
  }

  private arrived(quote: Quote) {
    this.sending = null;
    this.inFlight = null;
    this.unanswered = null;
    // Lines that did not change keep their identity, so that only what changed is drawn anew.
    const shared = replaceEqualDeep(this.status.quote, quote);
    this.tell({ state: this.waiting === null ? "saved" : "saving", quote: shared, problem: null });
    if (this.waiting === null) return this.wires.keep(null);
    this.keep(this.waiting);
    this.schedule(0);
  }

  private refused(doc: DraftDoc, problem: Problem) {
    this.sending = null;
    this.inFlight = null;
    this.waiting ??= doc;
    const own = this.unanswered && conflictOf<Quote>(problem);
    // What stands on the server is our own save before, whose answer was lost: nobody else was first.
    if (own && this.unanswered && sameDoc(docOf(own.current), this.unanswered)) {
      this.arrived(own.current);
      return;
    }
    if (problem.passing) this.unanswered = doc;
    const trouble = problem.passing ? "offline" : "failed";
    this.tell({ state: problem.status === 412 ? "conflict" : trouble, problem });
    if (problem.passing && !this.stopped) this.schedule(AGAIN_MS);
  }

  private keep(doc: DraftDoc) {
    const sent = this.inFlight ?? this.unanswered ?? undefined;
    this.wires.keep({ version: this.status.quote.version, ...this.ground, doc, sent });
  }

  private tell(change: Partial<SaverStatus>) {
    this.status = { ...this.status, ...change };
    this.listeners.tell();
  }
}
