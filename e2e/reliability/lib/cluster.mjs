// A PostgreSQL of one's own that may be stopped, killed and started again.
import { spawn } from "node:child_process";
import { chmod, chown, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { freePort, mustRun, run, waitFor } from "./machine.mjs";
import { postgresPrograms, sql } from "./places.mjs";

/** PostgreSQL refuses to run as root; its package made an account for it. */
const asPostgres = (command, args) =>
  process.getuid() === 0 ? ["runuser", ["-u", "postgres", "--", command, ...args]] : [command, args];

/** The numbers of that account. */
async function account() {
  const of = async (flag) => Number(await mustRun("id", [flag, "postgres"]));
  return process.getuid() === 0
    ? { uid: await of("-u"), gid: await of("-g") }
    : { uid: process.getuid(), gid: process.getgid() };
}

/** Gives a folder to the account of PostgreSQL, with the way to it open. */
export async function giveToPostgres(scratch, folder) {
  const { uid, gid } = await account();
  await chmod(scratch, 0o755);
  await chown(folder, uid, gid);
}

/** A fresh cluster in `scratch`, served. */
export async function openCluster(scratch) {
  const folder = join(scratch, "cluster");
  const programs = postgresPrograms();
  await mkdir(folder);
  await giveToPostgres(scratch, folder);
  const data = join(folder, "data");
  const args = ["-D", data, "-U", "huxi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
  const [command, all] = asPostgres(join(programs, "initdb"), args);
  await mustRun(command, all, { env: { PWD: "/" } });
  const port = await freePort();
  const url = `postgres://huxi@127.0.0.1:${port}/postgres`;
  const cluster = { url, port };
  cluster.start = async () => {
    const args = [
      "-D",
      data,
      "-h",
      "127.0.0.1",
      "-p",
      `${port}`,
      "-k",
      folder,
      "-c",
      "max_connections=200",
      "-c",
      "fsync=off",
    ];
    const [command, all] = asPostgres(join(programs, "postgres"), args);
    spawn(command, all, { cwd: "/", stdio: "ignore" });
    await waitFor("PostgreSQL to start", () => sql(url, "SELECT 1;"), { within: 30_000, every: 100 });
  };
  /** `fast` ends all sessions, `immediate` is a crash. */
  cluster.stop = async (how) => {
    const [command, all] = asPostgres(join(programs, "pg_ctl"), ["-D", data, "-m", how, "-w", "stop"]);
    await run(command, all);
  };
  await cluster.start();
  return cluster;
}
