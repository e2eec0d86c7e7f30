// Where a database lies: a folder with SQLite, or a PostgreSQL database of its own that is dropped afterwards.
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { mustRun } from "./machine.mjs";

export const SQLITE = "SQLite";
export const POSTGRES = "PostgreSQL";

/** The folder of PostgreSQL's programs: the newest that is installed. */
export function postgresPrograms() {
  const root = "/usr/lib/postgresql";
  const found = existsSync(root)
    ? readdirSync(root)
        .map(Number)
        .filter((it) => existsSync(join(root, `${it}`, "bin", "psql")))
    : [];
  if (found.length === 0) throw new Error("PostgreSQL is not installed: apt-get install postgresql");
  return join(root, `${Math.max(...found)}`, "bin");
}

/** Runs SQL on a PostgreSQL; rows come as arrays of text. */
export async function sql(url, text) {
  const told = await mustRun(
    join(postgresPrograms(), "psql"),
    ["-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", "-"],
    { input: text },
  );
  return told
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

const LITE = `
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], timeout=10)
base.executescript(sys.argv[2])
for row in base.execute(sys.argv[3]):
    print("\\t".join(str(field) for field in row))
`;

/** Changes a SQLite folder that nobody serves, and reads it: rows as arrays of text. */
export async function lite(folder, change, query) {
  const told = await mustRun("python3", ["-c", LITE, join(folder, "huxi.db"), change, query]);
  return told
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

/** An empty place. `within` is a folder for SQLite, `server` a PostgreSQL in which a database is made. */
export async function newPlace(engine, { within, server, tablespace }) {
  const name = `huxi_${randomBytes(6).toString("hex")}`;
  if (engine === SQLITE) {
    const folder = join(within, name);
    return {
      engine,
      folder,
      args: ["--data", folder],
      env: { HUXI_DATABASE_URL: "" },
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const in_space = tablespace ? ` TABLESPACE ${tablespace}` : "";
  await sql(server, `CREATE DATABASE ${name}${in_space};`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const folder = join(within, name);
  const drop = () => sql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE);`);
  return {
    engine,
    url: url.href,
    folder,
    args: ["--data", folder],
    env: { HUXI_DATABASE_URL: url.href },
    drop,
  };
}

/** The same database by another address: through a proxy, or with settings of its own. */
export function seenThrough(place, { port, options }) {
  const url = new URL(place.url);
  if (port) url.port = `${port}`;
  const href = options ? `${url.href}?options=${encodeURIComponent(options)}` : url.href;
  return { ...place, url: href, env: { HUXI_DATABASE_URL: href } };
}
