// The program under test: a demo company of its own in a scratch folder, on a free port of this machine.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const READY_WITHIN_MS = 180_000;

/** Ports that a program of this run has or had: two that start at once get two. */
const given = new Set();

async function freePort() {
  const port = await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
  if (given.has(port)) return freePort();
  given.add(port);
  return port;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts `huxi demo --small` and waits until it is ready. `stop` ends it and removes its folder. */
export const startProgram = (program) => started(program, ["demo", "--small"]);

/** Starts `huxi serve` in an empty folder: nobody has set a company up yet. `setUp` is the path that it prints. */
export async function startEmpty(program) {
  const running = await started(program, ["serve"]);
  const setUp = /\/setup\?code=\S+/.exec(running.told())?.[0];
  if (setUp) return { ...running, setUp };
  await running.stop();
  throw new Error(`no address to set up at:\n${running.told()}`);
}

async function started(program, command) {
  const folder = await mkdtemp(join(tmpdir(), "huxi-stories-"));
  const address = `127.0.0.1:${await freePort()}`;
  const log = [];
  const child = spawn(program, [...command, "--data", folder, "--listen", address], {
    // Stories let it tell systems on this machine what happens.
    env: { ...process.env, HUXI_PUBLIC_URL: `http://${address}`, HUXI_WEBHOOK_PRIVATE_TARGETS: "true" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let ended = null;
  child.stdout.on("data", (bytes) => log.push(bytes));
  child.stderr.on("data", (bytes) => log.push(bytes));
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", (code, signal) => {
    ended = `exit ${code ?? signal}`;
  });
  const told = () => Buffer.concat(log).toString("utf8");
  const stop = async () => {
    if (ended === null) {
      child.kill("SIGTERM");
      for (let waited = 0; ended === null && waited < 5_000; waited += 50) await pause(50);
      if (ended === null) child.kill("SIGKILL");
    }
    await rm(folder, { recursive: true, force: true });
  };
  const began = Date.now();
  while (!(await isReady(address))) {
    if (ended !== null || Date.now() - began > READY_WITHIN_MS) {
      await stop();
      throw new Error(`the program did not become ready (${ended ?? "still starting"}):\n${told()}`);
    }
    await pause(200);
  }
  return { base: `http://${address}`, program, folder, told, stop, readyAfterMs: Date.now() - began };
}

async function isReady(address) {
  try {
    return (await fetch(`http://${address}/readyz`)).ok;
  } catch {
    return false;
  }
}
