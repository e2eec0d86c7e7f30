// Two servers on one PostgreSQL behind a balancer: what one does holds on the other, and no restart is felt.
import { randomUUID } from "node:crypto";
import { linesOf, peopleAt, publish, taskOfEachIssue } from "./lib/company.mjs";
import { allIsThere, askAgain, Ledger, manyHands, numbersAreGapless, untilIssued } from "./lib/ledger.mjs";
import { openBalancer } from "./lib/balancer.mjs";
import { must, pause, waitFor } from "./lib/machine.mjs";
import { picture } from "./lib/photo.mjs";
import { POSTGRES, sql } from "./lib/places.mjs";
import { checkWhole, serve } from "./lib/server.mjs";

export const name = "two";
const CLIENTS = 16;

export async function* run(world) {
  const { place, kept } = await world.templates.company(POSTGRES);
  const pair = new Pair(world, place);
  try {
    await pair.open();
    const [onA, onB] = pair.servers.map((it) => peopleAt(it.base, kept));
    yield row("publishing", await publishing(onA, onB));
    yield row("one key on both", await oneKey(onA, onB));
    yield row("live screens", await liveScreens(onA, onB));
    yield row("a file of A on B", await files(onA, onB));
    yield row("sign-out everywhere", await signOut(onA, onB));
    yield row("both killed between claim and effect", await killedBetween(pair, kept));
    yield row("every tenth connection dropped", await dropping(world, pair, kept));
    yield row("rolling restart", await rolling(world, pair, kept));
    yield row("timers", await eachOnce(place, peopleAt(pair.servers[1].base, kept).owner));
    if (!process.env.OLD) await checkWhole(world.program, place);
  } catch (error) {
    error.message += pair.told();
    throw error;
  } finally {
    await pair.close();
    await place.drop();
  }
}

const row = (what, result) => ({ engine: POSTGRES, result: `${what}: ${result}` });

/** Two servers of one database, each with its own folder. */
class Pair {
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

/** A price that A publishes is the price of B within two seconds. */
async function publishing(onA, onB) {
  const [product] = onA.products;
  const seller = onB.sellers[0];
  const body = { customer_id: seller.customers[0], lines: linesOf([product], 1) };
  const price = async () => (await seller.send("POST", "/api/quotes/price", { body })).json.lines[0].unit_price;
  const before = await price();
  const [item] = (await onA.operations.get("/api/config/items?kind=price_list")).items;
  const rows = await onA.operations.get(`/api/config/items/${item.id}/rows?limit=200`);
  const own = rows.items.find((it) => it.content.product === product.id);
  await publish(onA.operations, onA.owner, "price_list", [{ key: own.key, content: { ...own.content, price: "177" } }]);
  const began = Date.now();
  await waitFor("the new price on the other server", async () => (await price()) === "177.00", { within: 5_000, every: 20 });
  const ms = Date.now() - began;
  must(ms <= 2_000, `the other server followed after ${ms} ms`);
  return `A publishes ${before} → 177.00, B prices by it after ${ms} ms`;
}

/** The same request at both servers, at once and one after the other: one quotation, one answer. */
async function oneKey(onA, onB) {
  const rounds = 10;
  for (let round = 0; round < rounds; round += 1) {
    const key = randomUUID();
    const body = { customer_id: onA.sellers[0].customers[0], lines: linesOf(onA.products, 2) };
    const both = await Promise.all([onA, onB].map((on) => on.sellers[0].steady("POST", "/api/quotes", { body, key })));
    both.push(await onA.sellers[0].steady("POST", "/api/quotes", { body, key }));
    const ids = new Set(both.map((it) => it.json.id));
    must(both.every((it) => it.status === 201) && ids.size === 1, () => `one key made ${JSON.stringify(both.map((it) => [it.status, it.json.id, it.json.code]))}`);
    must(both.every((it) => it.text === both[0].text), "one key was answered in two ways");
  }
  return `${rounds} times sent to A and B at once and again: one quotation and one answer each`;
}

/** A stream on A hears within a second of what somebody did on B; a stream that moves to B misses nothing. */
async function liveScreens(onA, onB) {
  const watcher = onA.manager.listen();
  await watcher.opened;
  await pause(300);
  const seller = onB.sellers[1];
  const draft = await seller.post("/api/quotes", { customer_id: seller.customers[0], lines: linesOf(onB.products, 1) });
  const began = Date.now();
  await seller.post(`/api/quotes/${draft.id}/issue`, { expected_net: draft.totals.net });
  const hears = (line, id) => waitFor("a hint", () => line.heard.find((it) => it.entity === "quote" && it.id === id), { within: 5_000, every: 10 });
  const heard = await hears(watcher, draft.id);
  const foreign = onA.sellers[2].listen();
  await foreign.opened;
  watcher.stop();
  const missed = await seller.post("/api/quotes", { customer_id: seller.customers[0], lines: linesOf(onB.products, 1) });
  await seller.post(`/api/quotes/${missed.id}/issue`, { expected_net: missed.totals.net });
  const moved = onB.manager.listen(watcher.lastId);
  await moved.opened;
  await hears(moved, missed.id);
  await pause(1_200);
  must(!foreign.heard.some((it) => it.entity === "quote" && it.id === missed.id), "a stranger heard of somebody else's quotation");
  foreign.stop();
  moved.stop();
  return `A's stream hears of an issue on B after ${heard.at - began} ms; what was missed while moving from A to B is heard there; strangers hear nothing`;
}

/** The signed page is handed in on A and is the consent on B, byte for byte. */
async function files(onA, onB) {
  const [seller, other] = [onA.sellers[2], onB.sellers[2]];
  const page = picture(400, 77);
  const draft = await other.post("/api/quotes", { customer_id: seller.customers[0], lines: linesOf(onA.products, 1) });
  const issued = await seller.post(`/api/quotes/${draft.id}/issue`, { expected_net: draft.totals.net });
  const file = await seller.upload("签字页.png", page, "image/png");
  const day = new Date(issued.issued_at + 8 * 3_600_000).toISOString().slice(0, 10);
  const signed = await other.post(`/api/quotes/${draft.id}/sign`, { signed_day: day, signer: "周师傅", file });
  const read = await other.send("GET", `/api/orders/${signed.order.id}/consent`);
  must(read.status === 200 && read.bytes.equals(page), `the consent read on B is ${read.status}, ${read.bytes.length} bytes`);
  const printed = await waitFor("the paper on B", async () => {
    const pdf = await other.send("GET", `/api/quotes/${draft.id}/pdf`);
    return pdf.status === 200 && pdf.bytes;
  });
  const again = await seller.send("GET", `/api/quotes/${draft.id}/pdf`);
  must(again.bytes.equals(printed), "A and B give out different papers");
  return `uploaded on A, signed with on B, read on B byte for byte; the PDF is the same on both`;
}

/** Signing out everywhere on A closes what is open on B. */
async function signOut(onA, onB) {
  const { finance } = onA;
  must((await onB.finance.send("GET", "/api/me")).status === 200, "B does not know the session");
  const line = onB.finance.listen();
  await line.opened;
  const answer = await finance.send("DELETE", "/api/sessions");
  must(answer.status === 204, `sign-out: ${answer.status} ${answer.text}`);
  const after = await onB.finance.send("GET", "/api/me");
  must(after.status === 401, `B still lets in: ${after.status}`);
  line.stop();
  return "on A: the next request on B is refused (401)";
}

/** Timers are claimed, then both servers die before an effect is written; afterwards each effect stands once. */
async function killedBetween(pair, kept) {
  const company = peopleAt(pair.servers[0].base, kept);
  await publish(company.operations, company.owner, "rule", [taskOfEachIssue(0)]);
  // Whoever writes a task now waits: the servers stand between claim and effect.
  const held = heldTable(pair.place.url);
  await held.taken;
  const ledger = new Ledger();
  let stop = false;
  const hands = manyHands(company, ledger, 4, () => stop);
  hands.catch(() => {});
  await Promise.race([untilIssued(ledger, 12), hands]);
  const claimed = await waitFor("claimed timers", async () => {
    const [[count]] = await sql(pair.place.url, "SELECT COUNT(*) FROM timer WHERE state = 'armed' AND owner <> '';");
    return Number(count);
  });
  stop = true;
  await Promise.all(pair.servers.map((it) => it.kill()));
  await hands;
  await held.release();
  for (const nth of [0, 1]) await pair.start(nth);
  await askAgain(peopleAt(pair.servers[1].base, kept), ledger, { patient: false });
  return `${claimed} timers were claimed when both were killed; what became of them stands under “timers”`;
}

/** Holds the table of tasks until `release`. */
function heldTable(url) {
  const name = `held_${randomUUID().slice(0, 8)}`;
  const text = `SET application_name = '${name}'; BEGIN; LOCK TABLE task IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600);`;
  const holding = sql(url, text).catch(() => {});
  const here = `FROM pg_stat_activity WHERE application_name = '${name}' AND wait_event = 'PgSleep'`;
  return {
    taken: waitFor("the lock", async () => (await sql(url, `SELECT 1 ${here};`)).length > 0),
    release: async () => {
      await sql(url, `SELECT pg_terminate_backend(pid) ${here};`);
      await holding;
    },
  };
}

/** Many hands through a balancer that breaks every tenth connection: each request is carried out once. */
async function dropping(world, pair, kept) {
  const balancer = await openBalancer(pair.servers.map((it) => it.port), { dropEvery: 10 });
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
  must(made === done.ledger.drafts.size, `${done.ledger.drafts.size} quotations were asked for and ${made} made`);
  return `${balancer.dropped} of ${balancer.requests} broken, before or after they were carried out; ${done.ledger.answered} answered after sending again, none done twice, ${numbers} numbers gapless`;
}

/** One server after the other is told to stop under load and started again: no request fails. */
async function rolling(world, pair, kept) {
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
  const done = await workFor(company, restarts, { once: true });
  await restarts;
  balancer.close();
  must(balancer.failed.length === 0, () => `${balancer.failed.length} requests failed: ${balancer.failed.slice(0, 3).join("; ")}`);
  await allIsThere(peopleAt(pair.servers[0].base, kept), Object.assign(new Ledger(), { issued: done.ledger.issued }));
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
    for (let job = 0; !over; job += 1) {
      const ask = async (method, path, body) => {
        requests += 1;
        const options = { body, key: randomUUID() };
        const answer = await (once ? seller.send(method, path, options) : seller.steady(method, path, options));
        must(answer.status < 300, () => `${method} ${path}: ${answer.status} ${answer.text}`);
        ledger.answered += 1;
        return answer.json;
      };
      const body = { customer_id: seller.customers[nth % seller.customers.length], lines: linesOf(company.products, 3) };
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
async function eachOnce(place, owner) {
  const armed = "SELECT COUNT(*) FROM timer WHERE state = 'armed' AND rule_key = 'each_issue';";
  await waitFor("the timers to settle", async () => Number((await sql(place.url, armed))[0][0]) === 0, { within: 90_000, every: 500 });
  await owner.get("/api/tasks?whose=all&limit=1");
  const counted = `SELECT COUNT(*), COUNT(DISTINCT entity_id), (SELECT COUNT(*) FROM timer WHERE rule_key = 'each_issue'),
    (SELECT COUNT(*) FROM timer WHERE rule_key = 'each_issue' AND state <> 'fired'),
    (SELECT COUNT(*) FROM timer WHERE rule_key = 'each_issue' AND settled_at < due_at) FROM task WHERE rule_key = 'each_issue';`;
  const [tasks, quotes, timers, other, early] = (await sql(place.url, counted))[0].map(Number);
  must(tasks === quotes && tasks === timers && other === 0, `${tasks} tasks of ${quotes} quotations and ${timers} timers, ${other} not fired`);
  must(early === 0, `${early} fired early`);
  return `${timers} fired by two servers, kills, drops and restarts among them: ${tasks} tasks, each quotation one, none early`;
}
