// The database away and back: refusals in words, /readyz tells, no restart, nothing half done.

import { openCluster } from "./lib/cluster.mjs";
import { peopleAt } from "./lib/company.mjs";
import { allIsThere, askAgain, Ledger, manyHands, numbersAreGapless, untilIssued } from "./lib/ledger.mjs";
import { must, pause, waitFor, withScratch } from "./lib/machine.mjs";
import { POSTGRES, seenThrough } from "./lib/places.mjs";
import { openProxy } from "./lib/proxy.mjs";
import { checkWhole, serve } from "./lib/server.mjs";
import { Templates } from "./lib/templates.mjs";

export const name = "away";
const CLIENTS = 8;
const CHINESE = /[\u4e00-\u9fff]/;
/** Whoever asks has an answer after so long, whatever the database does. */
const ANSWER_WITHIN_MS = 20_000;
/** What was already on its way when the database fell silent is waited for; then it is said that nobody knows. */
const GIVEN_UP = "timed_out";

/** How the database goes away, how often in a short and in a long run, and how it is said. */
const MANNERS = [
  { how: "refused", short: 2, long: 10, said: "connections refused" },
  { how: "silent", short: 0, long: 2, said: "connections silent" },
  { how: "fast", short: 0, long: 3, said: "PostgreSQL stopped and started" },
  { how: "immediate", short: 0, long: 3, said: "PostgreSQL crashed and started" },
];

export async function* run(world) {
  for (const manner of MANNERS) {
    const rounds = world.long ? manner.long : manner.short;
    if (rounds > 0) yield await inManner(world, manner, rounds);
  }
}

async function inManner(world, manner, rounds) {
  if (manner.how === "refused" || manner.how === "silent") {
    const { place, kept } = await world.templates.company(POSTGRES);
    const proxy = await openProxy(new URL(place.url).port);
    const through = seenThrough(place, { port: proxy.port });
    const wire = { cut: () => proxy.cut(manner.how), mend: () => proxy.mend(), close: () => proxy.close() };
    return byWire(world, manner, rounds, { place: through, kept, wire });
  }
  return withScratch(async (folder) => {
    const cluster = await openCluster(folder);
    const wire = {
      cut: () => cluster.stop(manner.how),
      mend: () => cluster.start(),
      close: () => cluster.stop("fast"),
    };
    const templates = new Templates({ program: world.program, server: cluster.url, folder });
    const { place, kept } = await templates.company(POSTGRES);
    return byWire(world, manner, rounds, { place: { ...place, drop: () => {} }, kept, wire });
  });
}

async function byWire(world, manner, rounds, { place, kept, wire }) {
  const server = await serve(world.program, place);
  const seen = { refused: 0, slowest: 0, back: 0, acknowledged: 0, codes: new Set() };
  try {
    const company = peopleAt(server.base, kept);
    for (let round = 0; round < rounds; round += 1) await oneCut(server, wire, company, seen);
    await numbersAreGapless(company.owner);
    await checkWhole(world.program, place);
    must(server.ended === null, "the program ended");
  } catch (error) {
    error.message += `\n${server.told().slice(-2_000)}`;
    throw error;
  } finally {
    await server.kill();
    await place.drop();
    await wire.close();
  }
  return {
    engine: POSTGRES,
    result: `${manner.said}, ${rounds} times under ${CLIENTS} clients: requests meanwhile answered 503 in words (${seen.refused}, slowest ${(seen.slowest / 1000).toFixed(1)} s; codes ${[...seen.codes].join(", ")}), /readyz 503, ready again by itself after at most ${(seen.back / 1000).toFixed(1)} s, ${seen.acknowledged} acknowledged all there, check clean`,
  };
}

async function oneCut(server, wire, company, seen) {
  const ledger = new Ledger();
  let stop = false;
  const tolerates = (answer) => {
    const { code, detail } = answer.json ?? {};
    seen.codes.add(code);
    return (answer.status === 503 || code === GIVEN_UP) && CHINESE.test(detail ?? "");
  };
  const hands = manyHands(company, ledger, CLIENTS, () => stop, tolerates);
  hands.catch(() => {});
  await Promise.race([untilIssued(ledger, 4), hands]);
  await wire.cut();
  await whileAway(server, company, seen);
  await hands;
  stop = true;
  const mended = Date.now();
  await wire.mend();
  await waitFor("the program to be ready again", async () => (await fetch(`${server.base}/readyz`)).ok, {
    within: 90_000,
  });
  seen.back = Math.max(seen.back, Date.now() - mended);
  await askAgain(company, ledger);
  await allIsThere(company, ledger);
  seen.acknowledged += ledger.answered;
}

/** Reads, writes and the probes while the database is away. */
async function whileAway(server, company, seen) {
  const seller = company.sellers[0];
  const within = ANSWER_WITHIN_MS;
  const asked = [
    seller.send("GET", "/api/quotes?limit=5", { within }),
    seller.send("GET", "/api/me", { within }),
    seller.send("POST", "/api/customers", { body: { name: "没有人" }, key: "away-customer-1", within }),
    seller.send("POST", "/api/session", { body: { account: "seller1", password: "x" }, within }),
  ];
  const ready = fetch(`${server.base}/readyz`);
  must((await fetch(`${server.base}/healthz`)).ok, "/healthz must answer while the database is away");
  const told = await (await ready).json();
  must(told.status === 503 && CHINESE.test(told.detail), `/readyz said ${JSON.stringify(told)}`);
  const began = Date.now();
  for (const answer of await Promise.all(asked)) {
    must(answer.status === 503, () => `expected 503, got ${answer.status} ${answer.text}`);
    must(CHINESE.test(answer.json.detail), () => `no words: ${answer.text}`);
    seen.refused += 1;
  }
  seen.slowest = Math.max(seen.slowest, Date.now() - began);
  await pause(500);
}
