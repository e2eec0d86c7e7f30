import type { Content, Draft, DraftRow, RowsChange } from "../../api/types";
import { Listeners } from "../../parts/Listeners";
import { RowSaver, type SavedRows } from "./RowSaver";
import { reversed, type Step, type StepChange, UndoStack } from "./UndoStack";

export interface RowPage {
  items: DraftRow[];
  next: string | null;
  total: number;
}

export interface BookWires {
  page: (after: string | undefined, limit: number, signal: AbortSignal) => Promise<RowPage>;
  put: (change: RowsChange, version: number) => Promise<SavedRows>;
  refresh: () => Promise<Draft>;
  /** The draft as it stands after a save. */
  told: (draft: Draft) => void;
  /** Everything is saved: what is derived from the rows is old now. */
  settled: () => void;
  same: (one: Content | null, other: Content | null) => boolean;
}

/** What one row shall become. */
export interface RowEdit {
  key: string;
  content: Content | null;
  shown?: Record<string, unknown>;
}

/** The rows as they stand on the screen; a new object whenever anything changed. */
export interface BookView {
  rows: readonly DraftRow[];
  byKey: ReadonlyMap<string, DraftRow>;
  /** Counts up when rows came or went, not when one changed. */
  shape: number;
  /** Sentences at rows that could not be taken or saved. */
  faults: ReadonlyMap<string, string>;
  total: number;
  complete: boolean;
  undo: string | null;
  redo: string | null;
}

interface Local {
  row: DraftRow;
  /** How many saves had been answered when the server had this row; null while it does not. */
  saved: number | null;
}

const FIRST_PAGE = 300;
const PAGE = 1500;

/** The rows of one draft while people work on it: what the server has, what is not saved yet, and the way back. */
export class DraftBook {
  readonly saver: RowSaver;
  private readonly stack = new UndoStack();
  private server: DraftRow[] = [];
  private readonly local = new Map<string, Local>();
  private readonly faults = new Map<string, string>();
  private total = 0;
  private complete = false;
  private answered = 0;
  private shape = 0;
  private seen: BookView;
  private readonly listeners = new Listeners();
  private readonly wires: BookWires;

  constructor(version: number, wires: BookWires) {
    this.wires = wires;
    this.saver = new RowSaver(version, {
      put: wires.put,
      refresh: wires.refresh,
      arrived: (saved) => this.arrived(saved),
      refused: (faults) => {
        for (const [key, sentence] of faults) this.faults.set(key, sentence);
        this.tell();
      },
    });
    this.saver.subscribe(() => {
      if (!this.saver.dirty) wires.settled();
    });
    this.seen = this.look();
  }

  subscribe = this.listeners.subscribe;

  view = () => this.seen;

  /** Reads all rows page by page; the first pages can be worked with while the others come. */
  async load(signal: AbortSignal): Promise<number> {
    const known = this.answered;
    const found: DraftRow[] = [];
    let after: string | undefined;
    do {
      const page = await this.wires.page(after, found.length === 0 ? FIRST_PAGE : PAGE, signal);
      found.push(...page.items);
      after = page.next ?? undefined;
      this.total = page.total;
      if (!this.complete) {
        this.server = [...found];
        this.reshape();
      }
    } while (after !== undefined);
    this.server = found;
    this.complete = true;
    for (const [key, { saved }] of this.local) if (saved !== null && saved <= known) this.local.delete(key);
    this.reshape();
    return found.length;
  }

  /** Does a step: on the screen at once, on the server behind it. */
  act(label: string, edits: readonly RowEdit[], faults: ReadonlyMap<string, string> = new Map()) {
    const changes: StepChange[] = [];
    for (const { key, content, shown } of edits) {
      const row = this.seen.byKey.get(key);
      const from = row?.content ?? null;
      changes.push({ key, from, to: content, shown: row?.shown ?? shown ?? {} });
    }
    const real = changes.filter(({ from, to }) => !this.wires.same(from, to));
    this.stack.push({ label, changes: real, told: faults });
    this.apply(real);
    for (const [key, sentence] of faults) this.faults.set(key, sentence);
    this.tell();
  }

  /** The person has read what was wrong with texts that were not taken; what is not saved keeps its sentence. */
  heard(keys: readonly string[]) {
    const told = keys.filter((key) => this.faults.has(key) && this.local.get(key)?.saved !== null);
    for (const key of told) this.faults.delete(key);
    if (told.length > 0) this.tell();
  }

  undo = () => {
    const step = this.stack.undo();
    for (const [key, sentence] of step?.told ?? [])
      if (this.faults.get(key) === sentence) this.faults.delete(key);
    return step && this.replay(reversed(step));
  };

  redo = () => {
    const step = this.stack.redo();
    const again = step && this.replay(step);
    for (const [key, sentence] of step?.told ?? []) this.faults.set(key, sentence);
    if (step?.told?.size) this.tell();
    return again;
  };

  /** Something else changes the rows on the server at one go; it can be taken back like any other step. */
  async outside<T extends { draft: Draft }>(
    label: string,
    change: () => Promise<T>,
    reload: () => Promise<unknown>,
  ): Promise<T> {
    await reload();
    const before = this.seen.byKey;
    const outcome = await change();
    this.saver.follow(outcome.draft.version);
    this.local.clear();
    await reload();
    const after = this.seen.byKey;
    const changes: StepChange[] = [];
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(key), after.get(key)];
      const [from, to] = [was?.content ?? null, is?.content ?? null];
      if (!this.wires.same(from, to)) changes.push({ key, from, to, shown: (is ?? was)?.shown ?? {} });
    }
    this.stack.push({ label, changes });
    this.tell();
    return outcome;
  }

  /** Rows that somebody changed since then stay as they are. */
  private replay(step: Step) {
    const now = (key: string) => this.seen.byKey.get(key)?.content ?? null;
    const changes = step.changes.filter(({ key, from }) => this.wires.same(now(key), from));
    this.apply(changes);
    this.tell();
    return {
      label: step.label,
      keys: changes.map(({ key }) => key),
      left: step.changes.length - changes.length,
    };
  }

  private apply(changes: readonly StepChange[]) {
    for (const { key, to, shown } of changes) {
      this.faults.delete(key);
      const known = this.seen.byKey.get(key);
      if (!known || (to === null && known.before === null)) this.shape += 1;
      const row = known ?? { ...NEW_ROW, key, shown };
      this.local.set(key, { row: this.guess(row, to), saved: null });
      this.saver.set(key, to);
    }
  }

  /** The row as it looks before the server has answered. */
  private guess(row: DraftRow, content: Content | null): DraftRow {
    const bare = { ...row, content, delta: null, delta_percent: null };
    if (this.wires.same(content, row.before)) return { ...bare, change: "same" };
    return { ...bare, change: content === null ? "removed" : row.before === null ? "added" : "changed" };
  }

  private arrived({ draft, rows }: SavedRows) {
    this.answered += 1;
    for (const row of rows) {
      const mine = this.local.get(row.key);
      const overtaken = mine?.saved === null && !this.wires.same(mine.row.content, row.content);
      if (!overtaken) this.local.set(row.key, { row, saved: this.answered });
      if (!this.seen.byKey.has(row.key)) this.shape += 1;
    }
    this.wires.told(draft);
    this.tell();
  }

  private reshape() {
    this.shape += 1;
    this.tell();
  }

  private tell() {
    this.seen = this.look();
    this.listeners.tell();
  }

  private look(): BookView {
    const byKey = new Map(this.server.map((row) => [row.key, row]));
    const fresh = [...this.local.keys()].some((key) => !byKey.has(key));
    for (const [key, { row }] of this.local) byKey.set(key, row);
    for (const [key, row] of byKey) if (row.content === null && row.before === null) byKey.delete(key);
    const rows = [...byKey.values()];
    if (fresh) rows.sort((one, other) => (one.key < other.key ? -1 : 1));
    const { undo, redo } = this.stack.next;
    return {
      rows,
      byKey,
      shape: this.shape,
      faults: new Map(this.faults),
      total: Math.max(this.total, rows.length),
      complete: this.complete,
      undo,
      redo,
    };
  }
}

const NEW_ROW: DraftRow = {
  key: "",
  before: null,
  content: null,
  change: "added",
  delta: null,
  delta_percent: null,
  shown: {},
};
