import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../../../..");
const PRICES = "web/src/kinds/config/price_list";

const source = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** Every length that a file of the screen gives where `pattern` finds it. */
const lengths = (path: string, pattern: RegExp) =>
  [...source(path).matchAll(pattern)].map((found) => Number(found[1]?.replace("_", "")));

/** A limit of the server, by its name. */
const limit = (path: string, name: string) =>
  lengths(`crates/domain/src/${path}`, new RegExp(`const ${name}: usize = ([\\d_]+);`, "g"))[0];

test("a field takes as many letters as the server", () => {
  const note = limit("pricing/rows.rs", "NOTE_LETTERS_MAX");
  expect(lengths(`${PRICES}/cells.ts`, /NOTE_LETTERS = (\d+)/g)).toEqual([note]);
  expect(source(`${PRICES}/CellInput.tsx`)).toContain('column === "note" ? NOTE_LETTERS :');
  expect(source(`${PRICES}/WhenFields.tsx`)).toContain("maxLength={NOTE_LETTERS}");
  const unit = limit("catalog/units.rs", "UNIT_LETTERS_MAX");
  expect(lengths(`${PRICES}/RuleSheet.tsx`, /label=\{words\.unit\}[\s\S]*?maxLength=\{(\d+)\}/g)).toEqual([
    unit,
  ]);
  expect(
    lengths("web/src/features/catalog/ProductFields.tsx", /catalogText\.unit\}[\s\S]*?maxLength=\{(\d+)\}/g),
  ).toEqual([unit]);
  const signer = limit("quotes/sign.rs", "SIGNER_LETTERS_MAX");
  const signs = /signer(?:Label)?\}[\s\S]*?maxLength=\{(\d+)\}/;
  expect(lengths("web/src/features/quotes/SignSheet.tsx", new RegExp(signs, "g"))).toEqual([signer]);
});

test("rows of a few texts take as many letters as the server", () => {
  const tier = limit("pricing/rows.rs", "TIER_NAME_LETTERS_MAX");
  const key = /name: "name"[^}]*letters: (\d+)/g;
  expect(lengths("web/src/kinds/config/tier/TierEditor.tsx", key)).toEqual([tier]);
  const snippet = "web/src/kinds/config/snippet/SnippetEditor.tsx";
  expect(lengths(snippet, key)).toEqual([limit("config/kinds/snippet.rs", "SNIPPET_NAME_LETTERS_MAX")]);
  const text = limit("config/kinds/snippet.rs", "SNIPPET_LETTERS_MAX");
  expect(lengths(snippet, /letters: (\d+),\n/g)).toEqual([text]);
  const template = "web/src/kinds/config/template";
  const title = limit("documents/template/row.rs", "TITLE_LETTERS_MAX");
  const second = limit("documents/template/row.rs", "TITLE_SECOND_LETTERS_MAX");
  expect(lengths(`${template}/SettingsFields.tsx`, /maxLength=\{(\d+)\}/g)).toEqual([title, second]);
  const heading = limit("documents/template/row.rs", "HEADING_LETTERS_MAX");
  expect(lengths(`${template}/BlockFields.tsx`, /"heading"\) \? (\d+)/g)).toEqual([heading]);
});
