import { asProblem, type Problem } from "../../api/problem";
import type { Content, Draft, DraftRow, RowsChange } from "../../api/types";

export type RowSaveState = "saved" | "saving" | "failed";

export interface RowSaverStatus {
  state: RowSaveState;
  problem: Problem | null;
}

export interface SavedRows {
  draft: Draft;
  rows: DraftRow[];
}

interface Wires {
  put: (change: RowsChange, version: number) => Promise<SavedRows>;
  /** The draft as it stands now, after somebody else was first. */
  refresh: () => Promise<Draft>;
  arrived: (saved: SavedRows) => void;
}

const SETTLE_MS = 300;
const AGAIN_MS = 4000;

/**
 * Saves changed rows of a draft in small batches, one request at a time.
 * Rows are independent of each other, so when somebody else saved first, ours follow on the newer version.
 */
export class RowSaver {
  private waiting = new Map<string, Content | null>();
  private added: Content[] = [];
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private status: RowSaverStatus = { state: "saved", problem: null };
  private version: number;
  private readonly listeners = new Set<() => void>();
  private readonly wires: Wires;

  constructor(version: number, wires: Wires) {
    this.version = version;
    this.wires = wires;
  }

  subscribe = (tell: () => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };

  current = () => this.status;

  /** Another way of changing the draft (import, title) gave it a newer version. */
  follow(version: number) {
    this.version = Math.max(this.version, version);
  }

  /** The row's new content; null takes the row out. */
  set(key: string, content: Content | null) {
    this.waiting.set(key, content);
    this.later(SETTLE_MS);
  }

  /** A row whose key the kind makes. */
  add(content: Content) {
    this.added.push(content);
    this.later(0);
  }

  retry() {
    this.later(0);
  }

  get dirty(): boolean {
    return this.busy || this.waiting.size > 0 || this.added.length > 0;
  }

  private later(ms: number) {
    this.tell({ state: "saving", problem: null });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.busy) void this.send();
    }, ms);
  }

  private async send() {
    const rows = [...this.waiting];
    const added = this.added;
    if (rows.length === 0 && added.length === 0) return;
    this.waiting = new Map();
    this.added = [];
    this.busy = true;
    const put: RowsChange["put"] = added.map((content) => ({ key: null, content }));
    for (const [key, content] of rows) if (content !== null) put.push({ key, content });
    const change = { put, delete: rows.filter(([, content]) => content === null).map(([key]) => key) };
    try {
      await this.sendOn(change);
    } catch (error) {
      this.refused(rows, added, asProblem(error));
    }
    this.busy = false;
    if (this.status.state !== "failed" && this.dirty) this.later(0);
  }

  private async sendOn(change: RowsChange) {
    const saved = await this.wires.put(change, this.version).catch(async (error: unknown) => {
      if (asProblem(error).status !== 412) throw error;
      this.version = (await this.wires.refresh()).version;
      return this.wires.put(change, this.version);
    });
    this.version = saved.draft.version;
    this.wires.arrived(saved);
    this.tell({ state: this.waiting.size + this.added.length > 0 ? "saving" : "saved", problem: null });
  }

  private refused(rows: [string, Content | null][], added: Content[], problem: Problem) {
    const passing = problem.offline || problem.status >= 500;
    if (passing) {
      for (const [key, content] of rows) if (!this.waiting.has(key)) this.waiting.set(key, content);
      this.added = [...added, ...this.added];
      this.timer = setTimeout(() => void this.send(), AGAIN_MS);
    }
    this.tell({ state: "failed", problem });
  }

  private tell(status: RowSaverStatus) {
    this.status = status;
    for (const listener of this.listeners) listener();
  }
}
