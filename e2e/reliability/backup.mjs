// A backup while many write: read back, restored into an empty place, checked, and with everything acknowledged before it.
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { peopleAt } from "./lib/company.mjs";
import { allIsThere, Ledger, manyHands, numbersAreGapless, untilIssued } from "./lib/ledger.mjs";
import { must } from "./lib/machine.mjs";
import { newPlace, POSTGRES, SQLITE } from "./lib/places.mjs";
import { checkWhole, command, serve } from "./lib/server.mjs";

export const name = "backup";
const CLIENTS = 16;
/** So often at most is a backup made that nobody wrote beside. */
const TRIES = 20;

export async function* run(world) {
  for (const engine of [SQLITE, POSTGRES]) yield await onEngine(world, engine);
}

async function onEngine(world, engine) {
  const { place, kept } = await world.templates.company(engine);
  const archive = join(world.scratch, `backup-${engine}.zip`);
  const rounds = world.long ? 10 : 1;
  const server = await serve(world.program, place);
  const seen = { meanwhile: 0, before: 0, ms: 0, bytes: 0 };
  try {
    const company = peopleAt(server.base, kept);
    for (let round = 0; round < rounds; round += 1) {
      const target = `${archive}-${round}.zip`;
      const before = await whileWriting(world, company, place, target, seen);
      await restored(world, engine, kept, target, before);
    }
  } finally {
    await server.kill();
    await place.drop();
  }
  return {
    engine,
    result: `${rounds} made under ${CLIENTS} writing clients (${seen.meanwhile} acknowledged meanwhile; slowest ${(seen.ms / 1000).toFixed(1)} s, ${Math.round(seen.bytes / 1024)} KiB): each checks, restores whole into an empty place with all ${seen.before} acknowledged before it, and work goes on there`,
  };
}

/**
 * Backs up while hands are at work; what was acknowledged before it began. One that fell between two answers shows nothing
 * and is made again.
 */
async function whileWriting(world, company, place, target, seen) {
  const ledger = new Ledger();
  let stop = false;
  const hands = manyHands(company, ledger, CLIENTS, () => stop);
  hands.catch(() => {});
  await Promise.race([untilIssued(ledger, 16), hands]);
  for (let tries = 1; ; tries += 1) {
    const before = Object.assign(new Ledger(), {
      issued: new Map(ledger.issued),
      signed: new Map(ledger.signed),
    });
    const [began, answered] = [Date.now(), ledger.answered];
    const made = await command(world.program, place, ["backup", "--json", "--to", target]);
    must(made.code === 0, `backup: ${made.code} ${made.out}${made.err}`);
    if (ledger.answered === answered) {
      must(tries < TRIES, `nobody wrote while ${TRIES} backups were made`);
      await rm(target);
      continue;
    }
    seen.ms = Math.max(seen.ms, Date.now() - began);
    seen.meanwhile += ledger.answered - answered;
    seen.before += before.issued.size + before.signed.size;
    stop = true;
    await hands;
    seen.bytes = (await stat(target)).size;
    return before;
  }
}

async function restored(world, engine, kept, target, before) {
  const looked = await command(world.program, { args: [], env: {} }, ["check", target]);
  must(looked.code === 0, `check of the archive: ${looked.code} ${looked.err}`);
  const empty = await newPlace(engine, { within: world.scratch, server: world.postgres });
  try {
    const back = await command(world.program, empty, ["restore", target]);
    must(back.code === 0, `restore: ${back.code} ${back.out}${back.err}`);
    const again = await command(world.program, empty, ["restore", target]);
    must(again.code === 1, "a second restore over the first was not refused");
    await checkWhole(world.program, empty);
    const server = await serve(world.program, empty);
    try {
      const company = peopleAt(server.base, kept);
      await allIsThere(company, before);
      const more = new Ledger();
      await manyHands(company, more, 4, () => more.issued.size >= 8);
      await allIsThere(company, more);
      await numbersAreGapless(company.owner);
    } finally {
      await server.kill();
    }
  } finally {
    await empty.drop();
  }
}
