import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templateText } from "../../../text/templates";
import { BLOCKS, blockOf, nameAndNumber } from "./blocks";

const FOLDER = join(import.meta.dirname, "../../../../../crates/domain/src/documents/template/blocks");

const value = (source: string, name: string) =>
  new RegExp(`RULES: BlockRules = [\\s\\S]*?\\b${name}: ([^;]*?),\\n`).exec(source)?.[1] ?? "";

test("the blocks of the screen are those of the server", () => {
  const files = readdirSync(FOLDER).filter((file) => file !== "mod.rs");
  expect(files.map((file) => file.replace(".rs", "")).sort()).toEqual(Object.keys(BLOCKS).sort());
  for (const [name, rules] of Object.entries(BLOCKS)) {
    const source = readFileSync(join(FOLDER, `${name}.rs`), "utf8");
    expect(value(source, "heading"), name).toBe(String(rules.heading));
    expect(value(source, "many"), name).toBe(String(rules.many));
    const max = value(source, "text_letters_max").replace("TEXT_LETTERS_MAX", "1000");
    expect(Number(max.replace(/_/g, "")), name).toBe(rules.textMax);
    const parts = [...value(source, "parts").matchAll(/"(\w+)"/g)].map((found) => found[1]);
    expect(parts, name).toEqual([...rules.parts]);
    const off = [...value(source, "parts_off").matchAll(/"(\w+)"/g)].map((found) => found[1]);
    expect(off, name).toEqual([...rules.partsOff]);
  }
});

/** What the server calls things in the sentences of its checks: `"key" => "name"`, with a condition at times. */
const WORDS = readFileSync(
  join(import.meta.dirname, "../../../../../crates/domain/src/words/templates.rs"),
  "utf8",
);

test("every block and every part has a name, the same as in the sentences of the checks", () => {
  const called = (found: RegExpMatchArray) => [found[1], found[2]] as const;
  const blocks = new Map([...WORDS.matchAll(/^ +Some\(BlockKind::(\w+)\) => "([^"]+)"/gm)].map(called));
  const own = /fn part_name[\s\S]*?\n}/.exec(WORDS)?.[0] ?? "";
  const special = new Map(
    [...own.matchAll(/"(\w+)" if [^\n]*BlockKind::(\w+)\) => "([^"]+)"/g)].map(
      ([, part, block, name]) => [`${block?.toLowerCase()} ${part}`, name] as const,
    ),
  );
  const parts = new Map([...own.matchAll(/^ +"(\w+)" => "([^"]+)"/gm)].map(called));
  for (const [block, rules] of Object.entries(BLOCKS)) {
    const variant = block.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
    expect(templateText.block(block), block).toBe(blocks.get(variant));
    for (const part of rules.parts) {
      const wanted = special.get(`${block} ${part}`) ?? parts.get(part);
      expect(wanted, `${block} ${part}`).toBeDefined();
      // Beside the tick it may say when the part is printed.
      expect(templateText.part(block, part).split("（")[0], `${block} ${part}`).toBe(wanted);
    }
  }
});

test("only own texts have numbered rows", () => {
  expect(blockOf("text_2")).toBe("text");
  expect(blockOf("totals")).toBe("totals");
  for (const key of ["colour", "lines_2", "text_1", "text_10", "text_02", "text_", "toString"])
    expect(blockOf(key), key).toBeNull();
});

test("a name may hold what stands before a number", () => {
  const names = ["own_text", "own_text_of_2_kinds", "text"];
  const isName = (name: string): name is string => names.includes(name);
  for (const name of names) {
    expect(nameAndNumber(name, isName)).toEqual({ name, number: 1 });
    for (let number = 2; number <= 9; number += 1)
      expect(nameAndNumber(`${name}_${number}`, isName)).toEqual({ name, number });
    expect(nameAndNumber(`${name}_10`, isName)).toBeNull();
  }
});
