import { asProblem, fieldFaults, Problem } from "../../api/problem";
import type { Content, Draft, DraftRow, RowsChange } from "../../api/types";
import { Listeners } from "../../parts/Listeners";
import { configText } from "../../text/config";

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
  /** Rows that the server does not take, each with its sentence. */
  refused?: (faults: Map<string, string>) => void;
}

type Waiting = Map<string, Content | null>;

const SETTLE_MS = 300;
const AGAIN_MS = 4000;
/** Rows of one request: far below the size of a body that the server takes. */
const BATCH = 500;
const OVERTAKEN_MOST = 5;

/**
 * Saves changed rows of a draft in batches, one request at a time.
 * Rows are independent of each other: when somebody else saved first, ours follow on the newer version, and those that
 * are refused do not hold up the others. Nothing is forgotten before the server has it.
 */
export class RowSaver {
  private waiting: Waiting = new Map();
  /** Refused as they are: sent again once they are changed, or on the person's wish. */
  private readonly refusedRows: Waiting = new Map();
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private status: RowSaverStatus = { state: "saved", problem: null };
  private version: number;
  private readonly listeners = new Listeners();
  private readonly wires: Wires;

  constructor(version: number, wires: Wires) {
    this.version = version;
    this.wires = wires;
  }

  subscribe = this.listeners.subscribe;

  current = () => this.status;

  /** Another way of changing the draft (import, title) gave it a newer version. */
  follow(version: number) {
    this.version = Math.max(this.version, version);
  }

  /** The row's new content; null takes the row out. */
  set(key: string, content: Content | null) {
    this.refusedRows.delete(key);
    this.waiting.set(key, content);
    this.later(SETTLE_MS);
  }

  /** The row needs no saving any more: it is again what the server has. */
  forget(key: string) {
    this.waiting.delete(key);
    this.refusedRows.delete(key);
  }

  retry() {
    for (const [key, content] of this.refusedRows) if (!this.waiting.has(key)) this.waiting.set(key, content);
    this.refusedRows.clear();
    this.later(0);
  }

  get dirty(): boolean {
    return this.busy || this.waiting.size > 0 || this.refusedRows.size > 0;
  }

  /** Ends when nothing waits any more; false when something could not be saved. */
  async settled(): Promise<boolean> {
    if (this.waiting.size > 0 && !this.busy) this.later(0);
    while (this.busy || (this.waiting.size > 0 && this.status.state !== "failed"))
      await new Promise<void>((done) => {
        const stop = this.subscribe(() => {
          stop();
          done();
        });
      });
    return !this.dirty;
  }

  private later(ms: number) {
    this.tell({ state: "saving", problem: null });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.busy) void this.send();
    }, ms);
  }

  private async send() {
    const rows = [...this.waiting].slice(0, BATCH);
    if (rows.length === 0) return;
    for (const [key] of rows) this.waiting.delete(key);
    this.busy = true;
    let failed: Problem | null = null;
    try {
      const saved = await this.sendOn(changeOf(rows));
      this.version = saved.draft.version;
      this.wires.arrived(saved);
    } catch (error) {
      failed = this.refused(rows, asProblem(error));
    }
    this.busy = false;
    if (failed) this.tell({ state: "failed", problem: failed });
    else if (this.waiting.size > 0) this.later(0);
    else this.tell({ state: this.refusedRows.size > 0 ? "failed" : "saved", problem: this.left() });
  }

  private async sendOn(change: RowsChange): Promise<SavedRows> {
    for (let overtaken = 0; ; overtaken += 1) {
      try {
        return await this.wires.put(change, this.version);
      } catch (error) {
        if (asProblem(error).status !== 412 || overtaken >= OVERTAKEN_MOST) throw error;
        this.version = (await this.wires.refresh()).version;
      }
    }
  }

  /** Keeps what was not saved; the problem comes back when nothing more can be sent now. */
  private refused(rows: [string, Content | null][], problem: Problem): Problem | null {
    const newer = (key: string) => this.waiting.has(key);
    if (problem.passing) {
      const later = [...this.waiting];
      this.waiting = new Map([...rows, ...later]);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.send(), AGAIN_MS);
      return problem;
    }
    const faults = rowFaults(rows, problem);
    for (const [key, content] of rows) {
      if (newer(key)) continue;
      if (faults.size === 0 || faults.has(key)) this.refusedRows.set(key, content);
      else this.waiting.set(key, content);
    }
    if (faults.size === 0) return problem;
    this.wires.refused?.(faults);
    return null;
  }

  private left(): Problem | null {
    const count = this.refusedRows.size;
    return count === 0 ? null : new Problem(422, "rows_refused", configText.save.refused(count));
  }

  private tell(status: RowSaverStatus) {
    this.status = status;
    this.listeners.tell();
  }
}

function changeOf(rows: [string, Content | null][]): RowsChange {
  const put: RowsChange["put"] = [];
  for (const [key, content] of rows) if (content !== null) put.push({ key, content });
  return { put, delete: rows.filter(([, content]) => content === null).map(([key]) => key) };
}

/** Which rows a refusal names: its paths count the rows of the request. */
function rowFaults(rows: [string, Content | null][], problem: Problem): Map<string, string> {
  const { put = [], delete: gone = [] } = changeOf(rows);
  const faults = new Map<string, string>();
  for (const [path, sentence] of Object.entries(fieldFaults(problem))) {
    const found = /^(put|delete)\[(\d+)\]/.exec(path);
    const place = Number(found?.[2]);
    const key = found?.[1] === "put" ? put[place]?.key : gone[place];
    if (found && key != null) faults.set(key, sentence);
  }
  return faults;
}
