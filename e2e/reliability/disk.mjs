// The disk full while quotations are issued: refusals in words, nothing half done, and on it goes when there is space.
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { giveToPostgres, openCluster } from "./lib/cluster.mjs";
import { peopleAt } from "./lib/company.mjs";
import { openDisk } from "./lib/disk.mjs";
import { allIsThere, askAgain, Ledger, manyHands, numbersAreGapless, untilIssued } from "./lib/ledger.mjs";
import { must, mustRun, pause, waitFor, withScratch } from "./lib/machine.mjs";
import { POSTGRES, SQLITE } from "./lib/places.mjs";
import { checkWhole, serve } from "./lib/server.mjs";
import { Templates } from "./lib/templates.mjs";

export const name = "disk";
const CLIENTS = 8;
const CHINESE = /[\u4e00-\u9fff]/;
/** A key that nobody freed would be free a minute after its request was sent. */
const FREED_WITHIN_MS = 55_000;
/** What a full disk may answer: no room, or that nothing could be written just now. */
const TOLD = new Map([
  [507, "disk_full"],
  [503, "unavailable"],
]);

export async function* run(world) {
  yield await onFolder(world);
  // A table space on a small disk must be seen by PostgreSQL itself, so it takes a real mount.
  if (world.long && process.getuid() === 0) yield await onTableSpace(world);
}

async function onFolder(world) {
  const folder = join(world.scratch, "small-disk");
  const disk = await openDisk(folder, 64);
  try {
    const { place, kept } = await world.templates.company(SQLITE);
    await disk.bring(place.folder, "data");
    await place.drop();
    const small = { ...place, folder: `${folder}/data`, args: ["--data", `${folder}/data`] };
    const told = await fullAndBack(world, {
      place: small,
      kept,
      wrap: disk.wrap,
      fill: () => disk.fill(0),
      empty: () => disk.empty(),
    });
    return { engine: SQLITE, result: `disk of 64 MiB, ${told}` };
  } finally {
    disk.close();
  }
}

async function onTableSpace(world) {
  return withScratch(async (scratch) => {
    const cluster = await openCluster(scratch);
    const folder = join(scratch, "space");
    await mkdir(folder);
    await mustRun("mount", ["-t", "tmpfs", "-o", "size=128m", "huxi", folder]);
    try {
      await giveToPostgres(scratch, folder);
      const { sql } = await import("./lib/places.mjs");
      await sql(cluster.url, `CREATE TABLESPACE small LOCATION '${folder}';`);
      const templates = new Templates({
        program: world.program,
        server: cluster.url,
        folder: join(scratch, "companies"),
      });
      const { place, kept } = await templates.company(POSTGRES, { tablespace: "small" });
      const filler = join(folder, "filler");
      const fill = async () => {
        const script = `free=$(df -k --output=avail "$0" | tail -n 1); head -c "$((free * 1024))" /dev/zero >>"$1" || true`;
        await mustRun("sh", ["-c", script, folder, filler]);
      };
      const told = await fullAndBack(world, {
        place,
        kept,
        wrap: [],
        fill,
        empty: () => mustRun("rm", ["-f", filler]),
      });
      return { engine: POSTGRES, result: `table space of 128 MiB, ${told}` };
    } finally {
      await cluster.stop("fast");
      await chmod(scratch, 0o700);
      await mustRun("umount", [folder]);
    }
  });
}

async function fullAndBack(world, { place, kept, wrap, fill, empty }) {
  const server = await serve(world.program, place, { wrap });
  const codes = new Map();
  const rounds = world.long ? 5 : 1;
  let acknowledged = 0;
  try {
    const company = peopleAt(server.base, kept);
    for (let round = 0; round < rounds; round += 1) {
      const ledger = new Ledger();
      let stop = false;
      const tolerates = (answer) => {
        const { code, detail } = answer.json ?? {};
        codes.set(code, (codes.get(code) ?? 0) + 1);
        return TOLD.get(answer.status) === code && CHINESE.test(detail ?? "");
      };
      const hands = manyHands(company, ledger, CLIENTS, () => stop, tolerates);
      hands.catch(() => {});
      await Promise.race([untilIssued(ledger, 2), hands]);
      const filled = Date.now();
      await fill();
      // Each hand ends with its first refusal.
      await Promise.race([hands, pause(60_000).then(() => must(false, "the disk never got full"))]);
      stop = true;
      await whileFull(server, company, place.engine);
      await allIsThere(company, ledger);
      await empty();
      await waitFor("ready with space", async () => (await fetch(`${server.base}/readyz`)).ok, {
        within: 50_000,
      });
      await askAgain(company, ledger);
      must(
        Date.now() - filled < FREED_WITHIN_MS,
        "the keys of what was refused were not freed with the space",
      );
      await allIsThere(company, ledger);
      acknowledged += ledger.answered;
    }
    await numbersAreGapless(company.owner);
    await checkWhole(world.program, place, wrap);
    must(server.ended === null, "the program ended");
  } catch (error) {
    error.message += `\n${server.told().slice(-2_000)}`;
    throw error;
  } finally {
    await server.kill();
  }
  must((codes.get("disk_full") ?? 0) > 0, "nobody was told that the disk is full");
  const told = [...codes].map(([code, count]) => `${count} ${code}`).join(", ");
  return `${rounds} times full under ${CLIENTS} issuing clients: refused in words (${told}), reading goes on, ready again with space; ${acknowledged} acknowledged all there, numbers gapless, check clean`;
}

/**
 * Reading goes on; /readyz tells within its five seconds of memory. On PostgreSQL its one row may still fit into a page
 * that is there: whether a disk of somebody else's machine is full is not ours to measure.
 */
async function whileFull(server, company, engine) {
  const read = await company.sellers[0].send("GET", "/api/quotes?limit=5");
  must(read.status === 200, () => `reading on a full disk: ${read.status} ${read.text}`);
  if (engine === POSTGRES) return;
  await waitFor(
    "/readyz to tell of the full disk",
    async () => {
      const told = await fetch(`${server.base}/readyz`);
      return told.status === 503 && CHINESE.test((await told.json()).detail);
    },
    { within: 50_000, every: 200 },
  );
}
