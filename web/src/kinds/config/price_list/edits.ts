import type { Content, DraftRow } from "../../../api/types";
import { asDecimal } from "../../../parts/format";
import { sameContent } from "../sameContent";
import { COLUMNS, type ColumnId, cellText, isEditable, written } from "./cells";
import { asEntry, asShown, freeKeyOf, isPlain } from "./entry";
import { type Rect, rectOf, type Selection } from "./range";

/** A row's next content; null takes it out. `shown` goes along for rows that are new. */
export interface Edit {
  key: string;
  content: Content | null;
  shown: Record<string, unknown>;
}

/** What an action comes to: edits, and the texts that could not be taken, at their rows. */
export interface Plan {
  edits: Edit[];
  faults: Map<string, string>;
  /** Rows that the action left alone since they are read-only. */
  locked: number;
  /** Rows that stand under another key afterwards. */
  renamed: Map<string, string>;
}

export interface Known {
  /** What the draft has under a key. */
  content: (key: string) => Content | null | undefined;
  /** What is said when another row stands there already. */
  taken: string;
}

const noPlan = (): Plan => ({ edits: [], faults: new Map(), locked: 0, renamed: new Map() });

/** Collects texts for cells and turns them into edits of whole rows. */
class Planner {
  readonly plan = noPlan();
  private readonly known: Known;
  private readonly planned = new Map<string, Content | null>();

  constructor(known: Known) {
    this.known = known;
  }

  /** The texts of one row, taken together: what cannot be read leaves the others standing. */
  row(row: DraftRow, cells: readonly { column: ColumnId; text: string }[]) {
    if (row.content === null || !isPlain(row.content)) {
      if (cells.length > 0) this.plan.locked += 1;
      return;
    }
    let content = row.content;
    const faults: string[] = [];
    for (const { column, text } of cells) {
      const outcome = written(content, column, text);
      if ("fault" in outcome) faults.push(outcome.fault);
      else content = outcome.content;
    }
    if (faults.length > 0) this.plan.faults.set(row.key, faults.join(" "));
    if (!sameContent(content, row.content)) this.put(row, content);
  }

  /** Unit, break and first day make the key: a row that changes them goes and comes again under another one. */
  put(row: DraftRow, content: Content) {
    const { key, shown } = row;
    const at = (other: string) =>
      this.planned.has(other) ? this.planned.get(other) : this.known.content(other);
    const was = row.content ? asEntry(row.content) : null;
    const next = asEntry(content);
    const moves = was !== null && placeOf(was) !== placeOf(next);
    const wanted = moves ? freeKeyOf(next, asShown(shown), at) : key;
    if (wanted === key) return this.edit({ key, content, shown });
    const there = at(wanted);
    if (there) {
      this.plan.faults.set(key, this.known.taken);
      return;
    }
    this.edit({ key, content: null, shown });
    this.edit({ key: wanted, content, shown });
    this.plan.renamed.set(key, wanted);
  }

  edit(edit: Edit) {
    this.planned.set(edit.key, edit.content);
    this.plan.edits.push(edit);
  }
}

const placeOf = ({ product, unit, min_qty, from }: ReturnType<typeof asEntry>) =>
  JSON.stringify([product, unit, min_qty, from]);

/** One text into one cell. */
export function typed(row: DraftRow, column: ColumnId, text: string, known: Known): Plan {
  const planner = new Planner(known);
  planner.row(row, [{ column, text }]);
  return planner.plan;
}

/** Another content of one row, as its sheet gives it. */
export function replaced(row: DraftRow, content: Content, known: Known): Plan {
  const planner = new Planner(known);
  if (!sameContent(content, row.content)) planner.put(row, content);
  return planner.plan;
}

/** A block of texts put down at the selection: one cell fills all of it, a smaller block repeats where it fits. */
export function pasted(
  rows: readonly DraftRow[],
  selection: Selection,
  block: readonly (readonly string[])[],
  known: Known,
): Plan {
  const planner = new Planner(known);
  const rect = rectOf(selection);
  const width = Math.max(...block.map((line) => line.length), 0);
  if (width === 0) return planner.plan;
  const height = repeated(rect.bottom - rect.top + 1, block.length);
  const across = repeated(rect.right - rect.left + 1, width);
  for (let down = 0; down < height; down += 1) {
    const row = rows[rect.top + down];
    const line = block[down % block.length];
    if (!row || !line) break;
    const cells: { column: ColumnId; text: string }[] = [];
    for (let right = 0; right < across; right += 1) {
      const column = COLUMNS[rect.left + right];
      const text = line[right % width];
      if (column && isEditable(rect.left + right) && text !== undefined) cells.push({ column, text });
    }
    planner.row(row, cells);
  }
  return planner.plan;
}

/** The block's own length, or the selection's when the block fits into it a whole number of times. */
const repeated = (selected: number, block: number) =>
  selected > block && selected % block === 0 ? selected : block;

/** A code as it was typed that no row has, and the line of what was pasted, counted from one. */
export interface MissingCode {
  line: number;
  code: string;
}

/** Lines that begin with a product's code, put down where the codes stand. */
export function pastedByCode(
  rows: readonly DraftRow[],
  block: readonly (readonly string[])[],
  known: Known,
): Plan & { missing: MissingCode[] } {
  const planner = new Planner(known);
  const byCode = new Map<string, DraftRow[]>();
  for (const row of rows) {
    const code = asShown(row.shown).product_code.toLowerCase();
    byCode.set(code, [...(byCode.get(code) ?? []), row]);
  }
  const missing: MissingCode[] = [];
  for (const [at, line] of block.entries()) {
    const code = line[0] ?? "";
    const found = byCode.get(code.toLowerCase())?.filter((row) => row.content !== null) ?? [];
    // A product with several breaks has several prices: a line without a break means the first of them.
    const row = found.find((one) => asEntry(one.content ?? {}).min_qty === null) ?? found[0];
    if (!row && at === 0 && !line.some((cell) => asDecimal(cell, 4) !== null)) continue;
    if (!row) missing.push({ line: at + 1, code });
    else planner.row(row, priceOfLine(line));
  }
  return { ...planner.plan, missing };
}

/** Names and units may stand between: the last figure is the price, else the last text, which is then named as none. */
function priceOfLine(line: readonly string[]) {
  const said = line
    .slice(1)
    .filter((cell) => cell !== "")
    .reverse();
  const text = said.find((cell) => asDecimal(cell, 4) !== null) ?? said[0];
  return text === undefined ? [] : [{ column: "price" as const, text }];
}

/** Whether a block names products by code: most of its lines do, and have something beside. */
export function namesCodes(rows: readonly DraftRow[], block: readonly (readonly string[])[]): boolean {
  if (!block.some((line) => line.length > 1)) return false;
  const codes = new Set(rows.map((row) => asShown(row.shown).product_code.toLowerCase()));
  const known = block.filter((line) => codes.has((line[0] ?? "").toLowerCase())).length;
  return known > 0 && known * 2 >= block.length;
}

/** The first row of the selection copied to those below it; a single row takes what stands above it. */
export function filledDown(rows: readonly DraftRow[], rect: Rect, known: Known): Plan {
  const planner = new Planner(known);
  const top = rect.top === rect.bottom ? rect.top - 1 : rect.top;
  const first = rows[top];
  if (!first) return planner.plan;
  for (const row of rows.slice(top + 1, rect.bottom + 1)) {
    const cells: { column: ColumnId; text: string }[] = [];
    for (let col = rect.left; col <= rect.right; col += 1) {
      const column = COLUMNS[col];
      if (column && isEditable(col)) cells.push({ column, text: cellText(first, column) });
    }
    planner.row(row, cells);
  }
  return planner.plan;
}

/** Cells beside the price without their texts. */
export function cleared(rows: readonly DraftRow[], rect: Rect, known: Known): Plan {
  const planner = new Planner(known);
  const columns = COLUMNS.slice(rect.left, rect.right + 1);
  for (const row of rows.slice(rect.top, rect.bottom + 1))
    planner.row(
      row,
      columns.map((column) => ({ column, text: "" })),
    );
  return planner.plan;
}

/** Rows back to what is in force; those that were added go. */
export const reverted = (rows: readonly DraftRow[]): Edit[] =>
  rows.map(({ key, before, shown }) => ({ key, content: before, shown }));

/** The cells of a selection as text, read-only ones too. */
export const copied = (rows: readonly DraftRow[], rect: Rect): string[][] =>
  rows
    .slice(rect.top, rect.bottom + 1)
    .map((row) => COLUMNS.slice(rect.left, rect.right + 1).map((column) => cellText(row, column)));
