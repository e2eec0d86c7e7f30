import { useMemo } from "react";
import type { Content, DraftRow } from "../../../api/types";
import { listsText } from "../../../text/lists";
import { pricesText } from "../../../text/prices";
import type { DraftBook } from "../DraftBook";
import { COLUMNS, FIRST_EDITABLE } from "./cells";
import { asPrice, asUnits } from "./decimal";
import {
  cleared,
  filledDown,
  type Known,
  namesCodes,
  type Plan,
  pasted,
  pastedByCode,
  replaced,
  reverted,
  typed,
} from "./edits";
import { asEntry, asShown, freeKeyOf, withEntry } from "./entry";
import { rectOf, type Selection } from "./range";

const words = pricesText;

/** What a person can do with the rows; every action is one step that can be taken back. */
export function usePriceActions(
  book: DraftBook,
  say: (sentence: string) => void,
  /** Told which row the cursor shall follow. */
  follow: (key: string) => void,
) {
  return useMemo(() => actionsOf(book, say, follow), [book, say, follow]);
}

export type PriceActions = ReturnType<typeof actionsOf>;

/** What all actions lean on: where they are written, how they are told, and what is known of the rows. */
function deskOf({ book, say, follow }: Told) {
  const known: Known = {
    content: (key) => book.view().byKey.get(key)?.content,
    taken: words.taken,
  };
  const run = (label: string, plan: Plan) => {
    const [renamed] = plan.renamed.values();
    if (plan.renamed.size === 1 && renamed !== undefined) follow(renamed);
    book.act(label, plan.edits, plan.faults);
    const nothing = plan.edits.length === 0 && plan.faults.size === 0 && plan.locked === 0;
    say(nothing ? words.noChange : words.did(touched(plan) > 0 ? label : "", plan.locked, plan.faults.size));
    return plan;
  };
  return { known, run };
}

interface Told {
  book: DraftBook;
  say: (sentence: string) => void;
  follow: (key: string) => void;
}

const touched = (plan: Plan) => plan.edits.length - plan.renamed.size;

/** Typing, pasting and filling. */
function cellActions(told: Told) {
  const { book, say } = told;
  const { known, run } = deskOf(told);
  const listed = () => book.view().rows.filter((row) => row.key !== "");

  /** With `leaving` what cannot be taken is told at the row; without, the field still holds it. */
  const type = (row: DraftRow, col: number, text: string, leaving: boolean): Plan => {
    const column = COLUMNS[col] ?? "price";
    const plan = typed(row, column, text, known);
    const [fault] = plan.faults.values();
    if (plan.edits.length === 0 && fault === undefined) book.heard([row.key]);
    else if (fault !== undefined && !leaving) say(fault);
    else run(words.steps.type(words.columns[column], asShown(row.shown).product_name), plan);
    return plan;
  };

  const paste = (rows: readonly DraftRow[], selection: Selection, block: string[][]) => {
    const all = listed();
    if (namesCodes(all, block)) {
      const plan = pastedByCode(all, block, known);
      run(words.byCode(touched(plan)), plan);
      if (plan.missing.length > 0) say(`${words.byCode(touched(plan))}；${words.codesMissing(plan.missing)}`);
      return;
    }
    const plan = pasted(rows, selection, block, known);
    run(words.steps.paste(touched(plan)), plan);
  };

  const fill = (rows: readonly DraftRow[], selection: Selection) => {
    const plan = filledDown(rows, rectOf(selection), known);
    run(words.steps.fill(touched(plan)), plan);
  };

  const hear = (rows: readonly DraftRow[]) => book.heard(rows.map((row) => row.key));
  return { type, paste, fill, hear };
}

/** Taking back and taking out. */
function removals(told: Told) {
  const { book, say } = told;
  const { known, run } = deskOf(told);

  const revert = (rows: readonly DraftRow[]) => {
    const changed = rows.filter((row) => row.change !== "same");
    const label = words.steps.revert(changed.length);
    book.act(label, reverted(changed));
    say(label);
  };

  const remove = (rows: readonly DraftRow[]) => {
    const there = rows.filter((row) => row.content !== null);
    const label = words.steps.remove(there.length);
    book.act(
      label,
      there.map(({ key, shown }) => ({ key, content: null, shown })),
    );
    say(label);
  };

  /** The Delete key: empties cells beside the price; else takes changes back, and takes out rows without any. */
  const erase = (rows: readonly DraftRow[], selection: Selection) => {
    const rect = rectOf(selection);
    const chosen = rows.slice(rect.top, rect.bottom + 1);
    if (rect.left > FIRST_EDITABLE) {
      const plan = cleared(rows, rect, known);
      run(words.steps.clear(touched(plan)), plan);
    } else if (chosen.some((row) => row.change !== "same")) revert(chosen);
    else remove(chosen);
  };

  const back = (which: "undo" | "redo") => {
    const done = book[which]();
    if (!done) {
      say(words.nothingToUndo);
      return [];
    }
    const told = which === "undo" ? words.undone(done.label) : words.redone(done.label);
    say(done.left > 0 ? told + words.leftAlone(done.left) : told);
    return done.keys;
  };
  return { revert, remove, erase, back };
}

/** Whole rows, many rows, and the list. */
function rowActions(told: Told) {
  const { book, say, follow } = told;
  const { known, run } = deskOf(told);

  /** New prices of many rows, worked out before. */
  const reprice = (changes: readonly { key: string; to: string }[]) => {
    const { byKey } = book.view();
    const edits = changes.flatMap(({ key, to }) => {
      const content = byKey.get(key)?.content;
      return content ? [{ key, content: withEntry(content, { price: to }) }] : [];
    });
    book.act(words.steps.bulk(edits.length), edits);
    say(words.steps.bulk(edits.length));
  };

  /** A row as its sheet leaves it; the sentence says why not. */
  const save = (row: DraftRow, content: Content): string | null => {
    const plan = replaced(row, content, known);
    const [fault] = plan.faults.values();
    if (fault === undefined) run(words.steps.type(words.open, asShown(row.shown).product_name), plan);
    return fault ?? null;
  };

  const add = (content: Content, shown: Record<string, unknown>): string | null => {
    const entry = asEntry(content);
    const key = freeKeyOf(entry, asShown(shown), known.content);
    if (known.content(key)) return words.taken;
    const price = asPrice(asUnits(entry.price));
    const unit = entry.unit === asShown(shown).base_unit ? null : entry.unit;
    const label = words.steps.add(asShown(shown).product_name);
    follow(key);
    book.act(label, [{ key, content: withEntry(content, { price, unit }), shown }]);
    say(label);
    return null;
  };

  /** A formula or a row for many products, under the key that its content makes. */
  const rule = (
    row: DraftRow | null,
    key: string,
    content: Content,
    shown: Record<string, unknown>,
  ): string | null => {
    if (row?.key !== key && known.content(key)) return words.taken;
    const gone = row !== null && row.key !== key ? [{ key: row.key, content: null, shown: row.shown }] : [];
    follow(key);
    const label = listsText.rule.step(String(shown.goods ?? shown.product_name ?? key));
    book.act(label, [...gone, { key, content, shown }]);
    say(label);
    return null;
  };

  /** What is true of the whole list. */
  const list = (content: Content, shown: Record<string, unknown>) =>
    book.act(listsText.list.step, [{ key: "", content, shown }]);
  return { reprice, save, add, rule, list };
}

export function actionsOf(book: DraftBook, say: (sentence: string) => void, follow: (key: string) => void) {
  const told = { book, say, follow };
  return { ...cellActions(told), ...removals(told), ...rowActions(told) };
}
