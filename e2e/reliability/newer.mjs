// A database of a newer program is refused in words, and left as it was.
import { must } from "./lib/machine.mjs";
import { lite, POSTGRES, SQLITE, sql } from "./lib/places.mjs";
import { command } from "./lib/server.mjs";

export const name = "newer";
const NEWER = "INSERT INTO schema_version (n, name) VALUES (9999, 'of a newer program');";
/** What a program that does not know this database might have touched. */
const MARKS =
  "SELECT (SELECT MAX(n) FROM schema_version), (SELECT COUNT(*) FROM schema_version), (SELECT COUNT(*) FROM event), (SELECT MAX(id) FROM event);";
const CHINESE = /[\u4e00-\u9fff]/;

export async function* run(world) {
  for (const engine of [SQLITE, POSTGRES]) {
    const { place } = await world.templates.company(engine);
    try {
      const ask = (change) =>
        place.url ? sql(place.url, change + MARKS) : lite(place.folder, change, MARKS);
      const before = String(await ask(NEWER));
      const said = [];
      for (const args of [
        ["serve", "--listen", "127.0.0.1:0"],
        ["migrate"],
        ["check"],
        ["backup", "--to", `${world.scratch}/newer.zip`],
      ]) {
        const told = await command(world.program, place, args, { within: 90_000 });
        must(told.code === 1, `${args[0]} ended with ${told.code}: ${told.out}${told.err}`);
        must(CHINESE.test(told.err), `${args[0]} said: ${told.err}`);
        said.push(args[0]);
      }
      must(String(await ask("")) === before, "the newer database was changed");
      yield {
        engine,
        result: `${said.join(", ")} refuse it in words with exit code 1; nothing in it changed`,
      };
    } finally {
      await place.drop();
    }
  }
}
