// What every harness needs of the machine: time, ports, scratch folders, commands, memory and processor time.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** A folder that `use` may fill; it is gone afterwards. */
export async function withScratch(use) {
  const folder = await mkdtemp(join(tmpdir(), "huxi-reliability-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a command to its end: exit code and everything it said. `code` is null when a signal ended it. */
export function run(command, args, { env = {}, input, cwd, within = 300_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      cwd,
      stdio: ["pipe", "pipe", "pipe"],
    });
    const told = { out: [], err: [] };
    child.stdout.on("data", (bytes) => told.out.push(bytes));
    child.stderr.on("data", (bytes) => told.err.push(bytes));
    const late = setTimeout(() => child.kill("SIGKILL"), within);
    child.once("error", (error) => {
      clearTimeout(late);
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(late);
      const [out, err] = [told.out, told.err].map((parts) => Buffer.concat(parts).toString("utf8"));
      resolve({ code, out, err });
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}

/** Like `run`; anything but exit code 0 is an error. */
export async function mustRun(command, args, options) {
  const done = await run(command, args, options);
  if (done.code !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.code}\n${done.err || done.out}`);
  return done.out;
}

/** Asks `probe` until it answers something true; that is given back. */
export async function waitFor(what, probe, { within = 30_000, every = 50 } = {}) {
  const until = Date.now() + within;
  let last = "";
  for (;;) {
    try {
      const found = await probe();
      if (found) return found;
    } catch (error) {
      last = error.message;
    }
    if (Date.now() > until) throw new Error(`waited ${within / 1000} s in vain: ${what} ${last}`);
    await pause(every);
  }
}

/** The peak of a process's memory in MiB. */
export async function peakMemory(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) / 1024;
}

/** Begins the peak anew. */
export async function forgetPeak(pid) {
  const { writeFile } = await import("node:fs/promises");
  await writeFile(`/proc/${pid}/clear_refs`, "5");
}

/** Processor time that a process has used, in milliseconds, to 10 ms. */
export async function processorTime(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const after = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(after[11]) + Number(after[12])) * 10;
}

/** The value below which this share of the measured ones lies. */
export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Throws unless it holds. */
export function must(holds, what) {
  if (!holds) throw new Error(typeof what === "function" ? what() : what);
}
