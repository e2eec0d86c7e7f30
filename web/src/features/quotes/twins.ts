import { trimZeros } from "../../parts/format";
import type { DraftLine } from "./draftModel";

/** Lines of one product that stand in a draft more than once and could be one. */
export interface Twins {
  name: string;
  /** Their places in the draft, the first line being 1. */
  rows: number[];
  /** The lines; the first takes up the others. */
  ids: [string, ...string[]];
}

/** What two lines share that could be one; null for a line that stays as it is, because it is something of its own. */
function sameness({ product, unit, manual, group, note, own }: DraftLine): string | null {
  // An amount off belongs to its line: added up, the price would be another.
  if (own || manual?.amount_off) return null;
  const by = (figure: string | null | undefined) => (figure ? trimZeros(figure) : "");
  return JSON.stringify([
    product.id,
    unit,
    by(manual?.unit_price),
    by(manual?.percent_off),
    group ?? "",
    note.trim(),
  ]);
}

/** What stands twice: the same product in the same unit, at the same terms, in the same room, with the same remark. */
export function twinsOf(lines: readonly DraftLine[]): Twins[] {
  const found = new Map<string, Twins>();
  lines.forEach((line, at) => {
    const same = sameness(line);
    if (same === null) return;
    const twins = found.get(same);
    if (twins) {
      twins.rows.push(at + 1);
      twins.ids.push(line.id);
    } else {
      found.set(same, { name: line.product.name, rows: [at + 1], ids: [line.id] });
    }
  });
  return [...found.values()].filter(({ rows }) => rows.length > 1);
}

const PLACES = 3;

const thousandths = (qty: string): bigint => {
  const [whole = "", fraction = ""] = qty.split(".");
  return BigInt(whole + fraction.padEnd(PLACES, "0").slice(0, PLACES));
};

/** Quantities added up, exact in thousandths. */
function sumOf(qtys: readonly string[]): string {
  const sum = String(qtys.reduce((all, qty) => all + thousandths(qty), 0n)).padStart(PLACES + 1, "0");
  return trimZeros(`${sum.slice(0, -PLACES)}.${sum.slice(-PLACES)}`);
}

/** The lines after the first of `ids` took up the quantities of the others. */
export function joined(lines: readonly DraftLine[], ids: readonly string[]): DraftLine[] {
  const [first] = ids;
  const qty = sumOf(lines.filter(({ id }) => ids.includes(id)).map((line) => line.qty));
  return lines
    .filter(({ id }) => id === first || !ids.includes(id))
    .map((line) => (line.id === first ? { ...line, qty } : line));
}
