import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configKind, REGIONAL_KINDS } from "./list";

const FOLDER = join(import.meta.dirname, "../../../../crates/domain/src/config/kinds");

test("the kinds of which a region may have its own are those of the server, each with a name", () => {
  const regional = readdirSync(FOLDER).filter((file) =>
    /impl KindRules for Rules[\s\S]*fn regional\(&self\) -> bool \{\s*true/.test(
      readFileSync(join(FOLDER, file), "utf8"),
    ),
  );
  expect(regional.map((file) => file.replace(".rs", "")).sort()).toEqual([...REGIONAL_KINDS].sort());
  for (const kind of REGIONAL_KINDS) expect(configKind(kind)?.regional, kind).toMatch(/\S/);
});
