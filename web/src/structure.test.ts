import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";

const SOURCE = join(process.cwd(), "src");
const LONGEST_COMPONENT = 200;
const CHINESE = /[\u4e00-\u9fff]/;

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

const files = filesIn(SOURCE)
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test\.tsx?|d\.ts)$|\/tests\//.test(path))
  .map((path) => ({ name: relative(SOURCE, path), text: readFileSync(path, "utf8") }));

const imports = (text: string) =>
  [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map((found) => found[1] ?? "");
const areaOf = (name: string) => /^features\/([^/]+)\//.exec(name)?.[1];

it("has no feature that imports another", () => {
  const crossing = files.flatMap(({ name, text }) => {
    const area = areaOf(name);
    if (area === undefined) return [];
    const foreign = imports(text)
      .map((path) => areaOf(relative(SOURCE, join(SOURCE, name, "..", path))))
      .filter((other) => other !== undefined && other !== area);
    return foreign.map((other) => `${name} imports ${other}`);
  });
  expect(crossing).toEqual([]);
});

it("has no shared part that imports a feature or the frame", () => {
  const upward = files.filter(
    ({ name, text }) =>
      /^(parts|kinds|api)\//.test(name) && imports(text).some((path) => /\/(features|app)\//.test(path)),
  );
  expect(upward.map(({ name }) => name)).toEqual([]);
});

it("keeps every word that people read in text/", () => {
  const speaking = files.filter(({ name, text }) => {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    return !name.startsWith("text/") && CHINESE.test(code);
  });
  expect(speaking.map(({ name }) => name)).toEqual([]);
});

it("keeps every component file within two hundred lines", () => {
  const long = files.filter(
    ({ name, text }) => name.endsWith(".tsx") && text.split("\n").length > LONGEST_COMPONENT + 1,
  );
  expect(long.map(({ name }) => name)).toEqual([]);
});
