// Faults and load, brought about for real: each harness ends with the rows that stand in docs/reliability.md.
// node e2e/reliability.mjs [--long] [--program target/debug/huxi] [--postgres postgres://…] [--templates FOLDER] [name …]
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { harnesses } from "./reliability/all.mjs";
import { Templates } from "./reliability/lib/templates.mjs";

const { values: given, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    long: { type: "boolean", default: false },
    program: { type: "string", default: "target/debug/huxi" },
    postgres: { type: "string", default: process.env.HUXI_TEST_POSTGRES ?? "" },
    templates: { type: "string" },
  },
});

function refuse(why) {
  console.error(why);
  process.exit(2);
}

if (!existsSync(given.program)) refuse(`${given.program} is not there`);
if (given.postgres === "") refuse("no PostgreSQL: --postgres postgres://… or HUXI_TEST_POSTGRES");
const unknown = names.find((it) => !harnesses.some((harness) => harness.name === it));
if (unknown) refuse(`no harness ${unknown}; there are ${harnesses.map((it) => it.name).join(", ")}`);
const chosen = harnesses.filter((it) =>
  names.length > 0 ? names.includes(it.name) : given.long || !it.longOnly,
);

const program = resolve(given.program);
const scratch = await mkdtemp(join(tmpdir(), "huxi-reliability-"));
const folder = given.templates ? resolve(given.templates) : join(scratch, "companies");
const templates = new Templates({
  program,
  server: given.postgres,
  folder,
  keep: given.templates !== undefined,
});
const world = { program, postgres: given.postgres, long: given.long, scratch, templates };

const rows = [];
let failed = 0;
try {
  for (const harness of chosen) failed += await tell(harness);
} finally {
  await templates.forget();
  await rm(scratch, { recursive: true, force: true });
}
console.log("\n| harness | on | result |\n|---|---|---|");
for (const row of rows) console.log(`| ${row.name} | ${row.engine} | ${row.result} |`);
console.log(`\n${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Runs one harness and prints how it went; 1 when it failed. */
async function tell(harness) {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s`;
  try {
    for await (const row of harness.run(world)) rows.push({ name: harness.name, ...row });
    console.log(`ok     ${seconds()}  ${harness.name}`);
    return 0;
  } catch (error) {
    console.log(
      `FAILED ${seconds()}  ${harness.name}\n         ${(error.stack ?? String(error)).replaceAll("\n", "\n         ")}`,
    );
    return 1;
  }
}
