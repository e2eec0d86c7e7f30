// Signal 9 under 32 writing clients: nothing that was acknowledged is lost, nothing is half done.
import { peopleAt } from "./lib/company.mjs";
import { allIsThere, askAgain, Ledger, manyHands, numbersAreGapless, untilIssued } from "./lib/ledger.mjs";
import { must, pause } from "./lib/machine.mjs";
import { POSTGRES, SQLITE } from "./lib/places.mjs";
import { checkWhole, serve } from "./lib/server.mjs";

const CLIENTS = 32;
const ROUNDS = { short: 2, long: 50 };

export const name = "kill";

export async function* run(world) {
  for (const engine of [SQLITE, POSTGRES]) yield await onEngine(world, engine);
}

async function onEngine(world, engine) {
  const { place, kept } = await world.templates.company(engine);
  const rounds = world.long ? ROUNDS.long : ROUNDS.short;
  const [all, again] = [new Ledger(), new Map()];
  let cut = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const ledger = await oneLife(world, place, kept);
      cut += ledger.unanswered.length;
      ledger.unanswered.push(...all.unanswered.splice(0));
      const last = round === rounds - 1;
      const server = await serve(world.program, place);
      try {
        const company = peopleAt(server.base, kept);
        const patient = engine === SQLITE || (last && world.long);
        const { kinds } = await askAgain(company, ledger, { patient });
        all.unanswered.push(...ledger.unanswered.splice(0));
        for (const [how, count] of kinds) again.set(how, (again.get(how) ?? 0) + count);
        await allIsThere(company, ledger);
        for (const kind of ["drafts", "issued", "signed"])
          for (const [id, it] of ledger[kind]) all[kind].set(id, it);
        all.answered += ledger.answered;
        if (last) {
          await allIsThere(company, all);
          await numbersAreGapless(company.owner);
        }
        await checkWhole(world.program, place);
      } finally {
        await server.kill();
      }
    }
  } finally {
    await place.drop();
  }
  if (all.unanswered.length > 0) again.set("claimed until their lease ends", all.unanswered.length);
  const told = [...again].map(([how, count]) => `${count} ${how}`).join(", ");
  return {
    engine,
    result: `${rounds} rounds: of ${all.answered} acknowledged (${all.said()}) none lost; ${cut} unanswered asked again (${told || "none"}); numbers gapless, check clean`,
  };
}

/** 32 clients at work until the program is killed, at a moment that chance chooses. */
async function oneLife(world, place, kept) {
  const server = await serve(world.program, place);
  const ledger = new Ledger();
  let dead = false;
  const hands = manyHands(peopleAt(server.base, kept), ledger, CLIENTS, () => dead);
  hands.catch(() => {});
  try {
    await Promise.race([untilIssued(ledger, 1), hands]);
    await pause(100 + Math.random() * 1_400);
  } finally {
    dead = true;
    await server.kill();
  }
  await hands;
  must(ledger.issued.size > 0, "nothing was issued before the program was killed");
  return ledger;
}
