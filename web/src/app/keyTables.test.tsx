import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { QUOTE_KEYS } from "../features/quotes/quoteKeys";
import { commandOf, selectionAfter, stepAfter } from "../kinds/config/price_list/gridKeys";
import { PRICE_KEYS } from "../kinds/config/price_list/priceKeys";
import { at } from "../kinds/config/price_list/range";
import { type Chord, type KeyTable, pressed, readable } from "../parts/keys";
import { LIST_KEYS } from "../parts/listKeys";
import { useKeys } from "../parts/useKeys";
import { GLOBAL_KEYS } from "./keyTables";

const TABLES: KeyTable[] = [GLOBAL_KEYS, LIST_KEYS, QUOTE_KEYS, PRICE_KEYS];
const SOURCE = join(process.cwd(), "src");

const press = ({ key, ctrl, shift, alt }: Chord) => ({
  key,
  ctrlKey: Boolean(ctrl),
  shiftKey: Boolean(shift),
  altKey: Boolean(alt),
  metaKey: false,
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
const sources = filesIn(SOURCE)
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => ({ name: relative(SOURCE, path), text: readFileSync(path, "utf8") }));

afterEach(cleanup);

it("knows every chord of every table as what the table says, and as nothing else", () => {
  for (const table of TABLES)
    for (const [name, { chords }] of Object.entries(table.rows))
      for (const chord of chords) {
        expect(pressed(table, press(chord)), `${table.title} ${name}`).toBe(name);
        expect(pressed(table, { ...press(chord), altKey: !chord.alt }), `Alt ${name}`).not.toBe(name);
      }
});

it("shows each row with its keys and its words", () => {
  for (const table of TABLES)
    for (const [keys, does] of readable(table)) {
      expect(keys, does).not.toBe("");
      expect(does, keys).not.toBe("");
    }
  expect(readable(QUOTE_KEYS)).toContainEqual(["Ctrl+Enter", "出具报价单"]);
  expect(readable(PRICE_KEYS)).toContainEqual(["Ctrl+Shift+Z / Ctrl+Y", "重做"]);
});

it("lets no page take a chord that works everywhere, but for the map that it shows itself", () => {
  for (const table of [QUOTE_KEYS, PRICE_KEYS] as KeyTable[])
    for (const [name, { chords }] of Object.entries(table.rows))
      for (const chord of chords)
        expect([null, ...(name === "help" ? ["map"] : [])]).toContain(pressed(GLOBAL_KEYS, press(chord)));
});

it("does in the grid of prices what its table says", () => {
  const extent = { rows: 9, cols: 9 };
  const middle = at(4, 5);
  const wide = { ...middle, to: { row: 6, col: 6 } };
  for (const [name, { chords }] of Object.entries<KeyTable["rows"][string]>(PRICE_KEYS.rows))
    for (const chord of chords) {
      const key = press(chord);
      const acts = stepAfter(key, null, middle, extent) ?? selectionAfter(key, wide, extent, 3);
      expect(acts ?? commandOf(key), name).not.toBeNull();
    }
});

it("has a hand for every row: each name is asked for where its table is used", () => {
  const asked = (table: string, names: string[]) => {
    const users = sources.filter(
      ({ name, text }) => text.includes(table) && !/(Keys|keyTables)\.ts$/.test(name),
    );
    const text = users.map((one) => one.text).join("\n");
    return names.filter((name) => !new RegExp(`"${name}"|\\b${name}:`).test(text));
  };
  expect(asked("GLOBAL_KEYS", Object.keys(GLOBAL_KEYS.rows))).toEqual([]);
  expect(asked("QUOTE_KEYS", ["move", "remove", "undo", "redo", "issue"])).toEqual([]);
  const list = readFileSync(join(SOURCE, "parts/useListKeys.ts"), "utf8");
  expect(Object.keys(LIST_KEYS.rows).filter((name) => !list.includes(`"${name}"`))).toEqual([]);
});

it("has no table that this test does not walk, and no shortcut beside the tables", () => {
  const named = sources.flatMap(({ text }) =>
    [...text.matchAll(/export const (\w+_KEYS)\b/g)].map((found) => found[1]),
  );
  expect(named.sort()).toEqual(["GLOBAL_KEYS", "LIST_KEYS", "PRICE_KEYS", "QUOTE_KEYS"]);
  const beside = sources.filter(({ text }) => /addEventListener\(\s*"key/.test(text)).map(({ name }) => name);
  expect(beside).toEqual(["parts/useKeys.ts"]);
});

function Heard({ hear }: { hear: (name: string) => void }) {
  useKeys(GLOBAL_KEYS, {
    command: () => void hear("command"),
    map: () => void hear("map"),
  });
  return (
    <>
      <input aria-label="field" />
      <p>page</p>
    </>
  );
}

it("hears ? on the page and not while somebody types; Ctrl-K it hears everywhere", () => {
  const heard: string[] = [];
  const { getByLabelText, getByText } = render(<Heard hear={(name) => heard.push(name)} />);
  const strike = (target: Element, init: KeyboardEventInit) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
  strike(getByLabelText("field"), { key: "?", shiftKey: true });
  expect(heard).toEqual([]);
  strike(getByText("page"), { key: "?", shiftKey: true });
  strike(getByText("page"), { key: "\uff1f" });
  strike(getByLabelText("field"), { key: "k", ctrlKey: true });
  strike(getByText("page"), { key: "k", metaKey: true });
  expect(heard).toEqual(["map", "map", "command", "command"]);
});
