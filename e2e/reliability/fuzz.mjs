// Every operation of the API document with wild requests, as every role: no 5xx, no answer outside the document.
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { linesOf, peopleAt } from "./lib/company.mjs";
import { must, mustRun, run as runCommand } from "./lib/machine.mjs";
import { POSTGRES, SQLITE } from "./lib/places.mjs";
import { checkWhole, serve } from "./lib/server.mjs";

export const name = "fuzz";
const here = join(dirname(fileURLToPath(import.meta.url)), "fuzz");
const ROLES = [
  "operations",
  "owner",
  "manager",
  "seller1",
  "new_seller",
  "warehouse_keeper",
  "logistics_lead",
  "finance",
  "personnel",
  "administrator",
];
/** What would end the session with which all the rest is asked, or change whose eyes look. */
const LEFT_OUT = [
  "delete_session",
  "delete_sessions",
  "put_session_viewing",
  "delete_session_viewing",
  "post_session",
  "post_setup",
];
const CHECKS =
  "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance";

export async function* run(world) {
  const python = await environment(world);
  const roles = world.long ? ROLES : ["operations"];
  for (const engine of world.long ? [SQLITE, POSTGRES] : [SQLITE]) {
    const seen = { cases: 0, operations: 0 };
    for (const role of roles) await asRole(world, python, engine, role, seen);
    yield {
      engine,
      result: `as ${roles.join(", ")}: ${seen.cases} requests to ${seen.operations} operations, no 5xx, no answer outside the document, check clean`,
    };
  }
}

/** The folder of programs of a virtual environment with the pinned packages; made when they changed. */
async function environment(world) {
  const folder = join(dirname(world.program), "..", "schemathesis");
  const wanted = await readFile(join(here, "requirements.txt"), "utf8");
  const [noted, python] = [join(folder, "installed.txt"), join(folder, "bin", "python")];
  if (existsSync(noted) && (await readFile(noted, "utf8")) === wanted) return join(folder, "bin");
  await mkdir(folder, { recursive: true });
  await mustRun("python3", ["-m", "venv", folder]);
  const install = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--requirement",
    join(here, "requirements.txt"),
  ];
  await mustRun(python, install, { within: 900_000 });
  await writeFile(noted, wanted);
  return join(folder, "bin");
}

async function asRole(world, bin, engine, role, seen) {
  const { place, kept } = await world.templates.company(engine);
  const server = await serve(world.program, place);
  try {
    const company = peopleAt(server.base, kept);
    const env = await whatIsThere(company, role);
    const seed = `${world.long ? Math.floor(Math.random() * 1e9) : 7}`;
    const document = join(world.scratch, "openapi.json");
    await writeFile(document, JSON.stringify(await company[role].get("/api/openapi.json")));
    const args = [
      "run",
      document,
      "--url",
      server.base,
      "--header",
      `Cookie:${company[role].cookie}`,
      "--checks",
      CHECKS,
      "--phases",
      world.long ? "examples,coverage,fuzzing" : "fuzzing",
      "--max-examples",
      world.long ? "25" : "1",
      "--seed",
      seed,
      "--workers",
      "1",
      "--continue-on-failure",
      "--no-shrink",
      "--suppress-health-check",
      "all",
      "--warnings",
      "off",
      "--no-color",
      "--report",
      "json",
      "--report-json-path",
      join(world.scratch, "fuzz.json"),
      ...LEFT_OUT.flatMap((it) => ["--exclude-operation-id", it]),
    ];
    const told = await runCommand(join(bin, "schemathesis"), args, {
      env: { ...env, HARNESS_SEED: seed, SCHEMATHESIS_HOOKS: "hooks", PYTHONPATH: here },
      within: 3_600_000,
      cwd: world.scratch,
    });
    must(
      told.code === 0,
      () =>
        `as ${role} on ${engine}, seed ${seed}: ${told.code}\n${told.out.slice(-8_000)}${told.err.slice(-2_000)}`,
    );
    must(
      (await company[role].send("GET", "/api/me")).status === 200,
      `${role} was signed out meanwhile: what came after was not asked`,
    );
    if (process.env.HARNESS_TELLS) console.log(told.out.slice(-3000));
    count(told.out, seen);
    must(server.ended === null, "the program ended");
    await checkWhole(world.program, place);
  } catch (error) {
    error.message += `\n${server.told().slice(-3_000)}`;
    throw error;
  } finally {
    await server.kill();
    await place.drop();
  }
}

/** Records for the ids of the requests: a draft, an issued and a shared quotation, a draft of prices. */
async function whatIsThere(company, role) {
  const [seller] = company.sellers;
  const quotes = [];
  for (const issue of [false, true, true]) {
    const draft = await seller.post("/api/quotes", {
      customer_id: seller.customers[0],
      lines: linesOf(company.products, 2),
    });
    quotes.push(draft.id);
    if (issue) await seller.post(`/api/quotes/${draft.id}/issue`, { expected_net: draft.totals.net });
  }
  const items = (await company.operations.get("/api/config/items")).items.map((it) => it.id);
  await company.operations.post(`/api/config/items/${items[0]}/drafts`, { title: "改一版" });
  const people = (await company.administrator.get("/api/people?limit=50")).items.map((it) => it.id);
  const orgs = (await company.administrator.get("/api/orgs")).items.map((it) => it.id);
  const ids = {
    quotes,
    customers: seller.customers,
    products: company.products.map((it) => it.id),
    config: [1, 2, ...items],
    people,
    orgs,
    tasks: [1, 2],
    orders: [1],
    "quote-sets": [1],
    keys: [1],
  };
  const me = await company[role].get("/api/me");
  return { HARNESS_SELF: `${me.id}`, HARNESS_IDS: JSON.stringify(ids) };
}

/** Adds what schemathesis says of how much it asked. */
function count(text, seen) {
  seen.cases += Number(/(\d[\d,]*) (?:generated|test cases|cases)/.exec(text)?.[1]?.replaceAll(",", "") ?? 0);
  seen.operations = Math.max(seen.operations, Number(/Tested: *(\d+)/.exec(text)?.[1] ?? 0));
}
