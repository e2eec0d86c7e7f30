// The program: served on a place, killed, told to stop, and its commands.
import { spawn } from "node:child_process";
import { freePort, pause, run, waitFor } from "./machine.mjs";

const READY_WITHIN_MS = 60_000;
const LOG_KEPT = 200_000;

/**
 * Serves `place` on a free port and waits until it is ready. `wrap` is a command in front of it, `args` come after it,
 * `unready` does not wait.
 */
export async function serve(program, place, { env = {}, wrap = [], port, unready = false } = {}) {
  const address = `127.0.0.1:${port ?? (await freePort())}`;
  const [command, ...before] = [...wrap, program];
  const child = spawn(command, [...before, "serve", "--listen", address, ...place.args], {
    env: {
      ...process.env,
      NO_COLOR: "1",
      HUXI_LOG_LEVEL: "warn",
      HUXI_BACKUP_AT: "",
      ...place.env,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  const note = (bytes) => {
    log = (log + bytes.toString("utf8")).slice(-LOG_KEPT);
  };
  child.stdout.on("data", note);
  child.stderr.on("data", note);
  const server = {
    pid: child.pid,
    base: `http://${address}`,
    port: Number(address.split(":")[1]),
    ended: null,
    told: () => log,
  };
  const gone = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? code));
  }).then((how) => {
    server.ended = how;
    return how;
  });
  server.kill = async (signal = "SIGKILL") => {
    if (server.ended === null) child.kill(signal);
    return gone;
  };
  /** Told to stop: how it ended, and after how many milliseconds. */
  server.stop = async () => {
    const began = Date.now();
    const how = await Promise.race([server.kill("SIGTERM"), pause(40_000).then(() => null)]);
    if (how === null) {
      await server.kill();
      throw new Error("the program did not stop within 40 s");
    }
    return { how, ms: Date.now() - began };
  };
  server.ready = () =>
    waitFor(
      "the program to be ready",
      async () => {
        if (server.ended !== null) return true;
        return (await fetch(`${server.base}/readyz`)).ok;
      },
      { within: READY_WITHIN_MS, every: 25 },
    ).then(() => {
      if (server.ended !== null)
        throw new Error(`the program ended while it started: ${server.ended}\n${log}`);
    });
  if (!unready) {
    try {
      await server.ready();
    } catch (error) {
      await server.kill();
      throw error;
    }
  }
  return server;
}

/** A command of the program on a place, waited for: code, out, err. */
export const command = (program, place, args, options = {}) =>
  run(program, [...args, ...place.args], { ...options, env: { ...place.env, ...options.env } });

/** `huxi check`; what is not whole is an error. */
export async function checkWhole(program, place, wrap = []) {
  const [first, ...rest] = [...wrap, program, "check", "--json", ...place.args];
  const told = await run(first, rest, { env: place.env });
  if (told.code !== 0) throw new Error(`huxi check: ${told.code}\n${told.out}${told.err}`);
  return JSON.parse(told.out);
}
