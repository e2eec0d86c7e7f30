// A small disk that is really full: memory as a file system of a given size, in a view of the files of its own.
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { mustRun, run, waitFor } from "./machine.mjs";

const LACKING =
  "this machine lets nobody but a real root mount a small disk in a view of the files of its own: run it as root, or allow accounts of their own to everybody (unprivileged user namespaces), which some systems and most containers refuse";
const OWN_ACCOUNTS = ["--user", "--map-root-user"];

/** Whether this account, root or not, may mount in a view of its files without a view of accounts of its own. */
async function mayMount() {
  return process.getuid() === 0 && (await run("unshare", ["--mount", "true"])).code === 0;
}

/**
 * Mounts a disk of `mib` at `folder`; only what runs behind `wrap` sees it. Needs no root where accounts may have views
 * of their own.
 */
export async function openDisk(folder, mib) {
  await mkdir(folder, { recursive: true });
  const plain = await mayMount();
  const kind = [...(plain ? [] : OWN_ACCOUNTS), "--mount"];
  const text = `mount -t tmpfs -o size=${mib}m,mode=755 huxi "$0" && echo mounted && exec sleep 86400`;
  const holder = spawn("unshare", [...kind, "sh", "-c", text, folder], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  holder.stdout.on("data", (bytes) => {
    said += bytes;
  });
  holder.stderr.on("data", (bytes) => {
    said += bytes;
  });
  let ended = false;
  holder.once("exit", () => {
    ended = true;
  });
  holder.once("error", (error) => {
    said += error.message;
    ended = true;
  });
  await waitFor("a small disk", () => ended || said.includes("mounted"));
  if (ended) throw new Error(`${LACKING} (${said.trim()})`);
  const inside = [
    "nsenter",
    "--target",
    `${holder.pid}`,
    "--mount",
    ...(plain ? [] : ["--user", "--preserve-credentials"]),
    "--",
  ];
  const shell = (script) => run(inside[0], [...inside.slice(1), "sh", "-c", script, folder]);
  return {
    wrap: inside,
    /** Copies what lies elsewhere onto the disk. */
    bring: (from, name) => mustRun(inside[0], [...inside.slice(1), "cp", "-a", from, `${folder}/${name}`]),
    /** Fills it up to so many KiB. */
    fill: async (leaveKib) => {
      const script = `free=$(df -k --output=avail "$0" | tail -n 1); n=$((free - ${leaveKib})); [ "$n" -le 0 ] || head -c "$((n * 1024))" /dev/zero >>"$0/filler"`;
      await shell(script);
    },
    /** Gives the space back. */
    empty: () => shell(`rm -f "$0/filler"`),
    free: async () => Number((await shell(`df -k --output=avail "$0" | tail -n 1`)).out.trim()),
    close: () => holder.kill("SIGKILL"),
  };
}
