import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCE = join(process.cwd(), "src");

function sheetsIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sheetsIn(path);
    return name.endsWith(".module.css") ? [path] : [];
  });
}

it("shows of every table that scrolls sideways that there is more", () => {
  const blocks = sheetsIn(SOURCE).flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\.scroll \{([^}]*)\}/g)].map(([, block]) => ({ path, block })),
  );
  expect(blocks.length).toBeGreaterThan(4);
  const silent = blocks.filter(({ block }) => block?.includes("overflow-x"));
  expect(silent.map(({ path }) => path)).toEqual([]);
  const shown = blocks.filter(({ block }) => block?.includes("Sideways.module.css"));
  expect(shown.length).toBe(6);
});
