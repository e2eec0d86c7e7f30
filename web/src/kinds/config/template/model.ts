import type { Content, DraftRow } from "../../../api/types";
import type { RowEdit } from "../DraftBook";
import { type BlockRules, blockOf } from "./blocks";

/** Key of the row that holds what is true of the whole document. */
export const SETTINGS_KEY = "";

/** What a block's row says, with everything written out. */
export interface BlockContent {
  order: number;
  on: boolean;
  heading: string;
  heading_second: string;
  text: string;
  text_second: string;
  parts: string[];
}

/** The rows of blocks that stand in the template, in their order. */
export function placedBlocks(rows: readonly DraftRow[], blocks: readonly BlockRules[]): DraftRow[] {
  const placed = rows.filter((row) => row.content !== null && blockOf(blocks, row.key) !== null);
  return placed.sort(
    (one, other) => orderOf(one.content) - orderOf(other.content) || (one.key < other.key ? -1 : 1),
  );
}

const orderOf = (content: Content | null) => Number(content?.order ?? 0);
const textOf = (value: unknown) => (typeof value === "string" ? value : "");

/** What a row says; parts that nobody has chosen are the usual ones of `rules`. */
export function readBlock(content: Content, rules?: BlockRules): BlockContent {
  const usual = (rules?.parts ?? []).filter((part) => part.usual).map((part) => part.key);
  const parts = Array.isArray(content.parts) ? content.parts.map(String) : usual;
  return {
    order: orderOf(content),
    on: content.on === true,
    heading: textOf(content.heading),
    heading_second: textOf(content.heading_second),
    text: textOf(content.text),
    text_second: textOf(content.text_second),
    parts,
  };
}

/** The row as the server keeps it: nothing empty, parts only where the block has some. */
export function writeBlock(rules: BlockRules, block: BlockContent): Content {
  const content: Content = { order: block.order, on: block.on };
  for (const name of ["heading", "heading_second", "text", "text_second"] as const)
    if (block[name] !== "") content[name] = block[name];
  const known = rules.parts.map((part) => part.key);
  if (known.length > 0) content.parts = known.filter((part) => block.parts.includes(part));
  return content;
}

/** The rows that change when the block moves one place up (-1) or down (1); none at the ends. */
export function moved(blocks: readonly DraftRow[], key: string, step: -1 | 1): RowEdit[] {
  const at = blocks.findIndex((row) => row.key === key);
  const keys = blocks.map((row) => row.key);
  const other = keys[at + step];
  if (at < 0 || other === undefined) return [];
  keys[at] = other;
  keys[at + step] = key;
  const byKey = new Map(blocks.map((row) => [row.key, row.content]));
  const edits: RowEdit[] = [];
  keys.forEach((name, index) => {
    const content = byKey.get(name);
    if (content && orderOf(content) !== index + 1)
      edits.push({ key: name, content: { ...content, order: index + 1 } });
  });
  return edits;
}

/** A block that can be put in, and the key of its row; null when there are as many as there may be. */
export interface Addable {
  rules: BlockRules;
  key: string | null;
}

/** Every block that does not stand in the template, as one that came with a newer program, and those of which there may be more. */
export function addable(rows: readonly DraftRow[], blocks: readonly BlockRules[]): Addable[] {
  const used = new Set(rows.filter((row) => row.content !== null).map((row) => row.key));
  const open = blocks.filter((rules) => rules.most > 1 || !used.has(rules.key));
  return open.map((rules) => ({ rules, key: nextKey(rules, used) }));
}

function nextKey({ key: name, most }: BlockRules, used: ReadonlySet<string>): string | null {
  for (let number = 1; number <= most; number += 1) {
    const key = number === 1 ? name : `${name}_${number}`;
    if (!used.has(key)) return key;
  }
  return null;
}
