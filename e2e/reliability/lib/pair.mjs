// Two servers of one database under load: killed, dropped and restarted, with each effect once.
import { randomUUID } from "node:crypto";
import { openBalancer } from "./balancer.mjs";
import { linesOf, peopleAt, publish, taskOfEachIssue } from "./company.mjs";
import { allIsThere, askAgain, Ledger, manyHands, numbersAreGapless, untilIssued } from "./ledger.mjs";
import { must, pause, waitFor } from "./machine.mjs";
import { sql } from "./places.mjs";
import { serve } from "./server.mjs";

const CLIENTS = 16;

/** Two servers of one database, each with its own folder. */
export class Pair {
  servers = [];

  constructor(world, place) {
    Object.assign(this, { world, place });
  }

  async open() {
    for (const nth of [0, 1]) await this.start(nth);
  }

  async start(nth) {
    const port = this.servers[nth]?.port;
    const place = { ...this.place, args: ["--data", `${this.place.folder}-${nth}`] };
    this.servers[nth] = await serve(this.world.program, place, { port });
  }

  told() {
    return this.servers.map((it, nth) => `\nserver ${nth}: ${it.told().slice(-1_500)}`).join("");
  }

  async close() {
    await Promise.all(this.servers.map((it) => it.kill()));
  }
}

/** Timers that a server has taken and not settled: their rows are locked in its transaction. */
const TAKEN = `SELECT (SELECT COUNT(*) FROM timer WHERE state = 'armed')
  - (SELECT COUNT(*) FROM (SELECT id FROM timer WHERE state = 'armed' FOR UPDATE SKIP LOCKED) AS free);`;

/** Timers are taken, then both servers die before an effect is written; afterwards each effect stands once. */
export async function killedBetween(pair, kept) {
  const company = peopleAt(pair.servers[0].base, kept);
  await publish(company.operations, company.owner, "rule", [taskOfEachIssue(0)]);
  // Whoever writes a task now waits: the servers stand between taking and effect.
  const held = heldTasks(pair.place.url);
  await held.taken;
  const ledger = new Ledger();
  let stop = false;
  const hands = manyHands(company, ledger, 4, () => stop);
  hands.catch(() => {});
  await Promise.race([untilIssued(ledger, 12), hands]);
  const taken = await waitFor("taken timers", async () => {
    const [[count]] = await sql(pair.place.url, TAKEN);
    return Number(count);
  });
  stop = true;
  await Promise.all(pair.servers.map((it) => it.kill()));
  await hands;
  await held.release();
  for (const nth of [0, 1]) await pair.start(nth);
  await askAgain(peopleAt(pair.servers[1].base, kept), ledger, { patient: false });
  return `${taken} timers were taken when both were killed; what became of them stands under “timers”`;
}

/** Whoever writes a task waits from now on, by a trigger of the harness, until `release`. */
function heldTasks(url) {
  const name = `held_${randomUUID().slice(0, 8)}`;
  const text = `
    CREATE FUNCTION harness_waits() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_advisory_xact_lock_shared(7011); RETURN NEW; END';
    CREATE TRIGGER harness_waits BEFORE INSERT ON task FOR EACH ROW EXECUTE FUNCTION harness_waits();
    SET application_name = '${name}'; SELECT pg_advisory_lock(7011); SELECT pg_sleep(600);`;
  const holding = sql(url, text).catch(() => {});
  const here = `FROM pg_stat_activity WHERE application_name = '${name}' AND wait_event = 'PgSleep'`;
  return {
    taken: waitFor("the lock", async () => (await sql(url, `SELECT 1 ${here};`)).length > 0),
    release: async () => {
      await sql(url, `SELECT pg_terminate_backend(pid) ${here};`);
      await holding;
      await sql(url, "DROP TRIGGER harness_waits ON task; DROP FUNCTION harness_waits;");
    },
  };
}

/** Many hands through a balancer that breaks every tenth connection: each request is carried out once. */
export async function dropping(world, pair, kept) {
  const balancer = await openBalancer(
    pair.servers.map((it) => it.port),
    { dropEvery: 10 },
  );
  const company = peopleAt(balancer.base, kept);
  const counted = async () => Number((await sql(pair.place.url, "SELECT COUNT(*) FROM quote;"))[0][0]);
  const before = await counted();
  const done = await workFor(company, world.long ? 30_000 : 4_000);
  balancer.close();
  must(balancer.failed.length === 0, () => `the servers failed: ${balancer.failed.slice(0, 3).join("; ")}`);
  const issued = Object.assign(new Ledger(), { issued: done.ledger.issued });
  await allIsThere(peopleAt(pair.servers[0].base, kept), issued);
  const numbers = await numbersAreGapless(peopleAt(pair.servers[1].base, kept).owner);
  const made = (await counted()) - before;
  must(
    made === done.ledger.drafts.size,
    `${done.ledger.drafts.size} quotations were asked for and ${made} made`,
  );
  return `${balancer.dropped} of ${balancer.requests} broken, before or after they were carried out; ${done.ledger.answered} answered after sending again, none done twice, ${numbers} numbers gapless`;
}

/** One server after the other is told to stop under load and started again: no request fails. */
export async function rolling(world, pair, kept) {
  const balancer = await openBalancer(pair.servers.map((it) => it.port));
  const company = peopleAt(balancer.base, kept);
  const rounds = world.long ? 10 : 1;
  let stopped = 0;
  const restarts = (async () => {
    await pause(500);
    for (let round = 0; round < rounds; round += 1) {
      for (const nth of [0, 1]) {
        const { how, ms } = await pair.servers[nth].stop();
        must(how === 0, `told to stop, it ended with ${how}`);
        stopped = Math.max(stopped, ms);
        await pair.start(nth);
        await pause(300);
      }
    }
  })();
  restarts.catch(() => {});
  const done = await workFor(company, restarts, { once: true }).catch((error) => {
    error.message += `\nthe balancer says: ${balancer.failed.slice(0, 3).join("; ")}`;
    throw error;
  });
  await restarts;
  balancer.close();
  must(
    balancer.failed.length === 0,
    () => `${balancer.failed.length} requests failed: ${balancer.failed.slice(0, 3).join("; ")}`,
  );
  await allIsThere(
    peopleAt(pair.servers[0].base, kept),
    Object.assign(new Ledger(), { issued: done.ledger.issued }),
  );
  return `${2 * rounds} restarts under ${CLIENTS} clients: ${done.requests} requests, none failed, ${balancer.passedOver} passed over to the other server; a stop takes at most ${stopped} ms`;
}

/** Quotations by many clients, for so long or until a promise is done. Unless `once`, what is dropped is sent again. */
async function workFor(company, until, { once = false } = {}) {
  const ledger = new Ledger();
  let over = false;
  const ends = typeof until === "number" ? pause(until) : until.catch(() => {});
  ends.then(() => {
    over = true;
  });
  let requests = 0;
  const client = async (nth) => {
    const seller = company.sellers[nth % company.sellers.length];
    while (!over) {
      const ask = async (method, path, body) => {
        requests += 1;
        const options = { body, key: randomUUID() };
        const answer = await (once
          ? seller.send(method, path, options)
          : seller.steady(method, path, options));
        must(answer.status < 300, () => `${method} ${path}: ${answer.status} ${answer.text}`);
        ledger.answered += 1;
        return answer.json;
      };
      const body = {
        customer_id: seller.customers[nth % seller.customers.length],
        lines: linesOf(company.products, 3),
      };
      const draft = await ask("POST", "/api/quotes", body);
      ledger.drafts.set(draft.id, null);
      const quote = await ask("POST", `/api/quotes/${draft.id}/issue`, { expected_net: draft.totals.net });
      ledger.issued.set(quote.id, { account: seller.account, quote });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, nth) => client(nth)));
  return { ledger, requests };
}

/** Every quotation that was issued since the rule was in force has its one task, and no timer waits. */
export async function eachOnce(place, owner) {
  const armed = "SELECT COUNT(*) FROM timer WHERE state = 'armed' AND rule_key = 'each_issue';";
  await waitFor("the timers to settle", async () => Number((await sql(place.url, armed))[0][0]) === 0, {
    within: 90_000,
    every: 500,
  });
  await owner.get("/api/tasks?whose=all&limit=1");
  const counted = `SELECT COUNT(*), COUNT(DISTINCT entity_id), (SELECT COUNT(*) FROM timer WHERE rule_key = 'each_issue'),
    (SELECT COUNT(*) FROM timer WHERE rule_key = 'each_issue' AND state <> 'fired'),
    (SELECT COUNT(*) FROM timer WHERE rule_key = 'each_issue' AND settled_at < due_at) FROM task WHERE rule_key = 'each_issue';`;
  const [tasks, quotes, timers, other, early] = (await sql(place.url, counted))[0].map(Number);
  must(
    tasks === quotes && tasks === timers && other === 0,
    `${tasks} tasks of ${quotes} quotations and ${timers} timers, ${other} not fired`,
  );
  must(early === 0, `${early} fired early`);
  return `${timers} fired by two servers, kills, drops and restarts among them: ${tasks} tasks, each quotation one, none early`;
}
