// Two servers on one PostgreSQL behind a balancer: what one does holds on the other, and no restart is felt.
import { randomUUID } from "node:crypto";
import { linesOf, peopleAt, publish } from "./lib/company.mjs";
import { must, pause, waitFor } from "./lib/machine.mjs";
import { dropping, eachOnce, killedBetween, Pair, rolling } from "./lib/pair.mjs";
import { picture } from "./lib/photo.mjs";
import { POSTGRES } from "./lib/places.mjs";
import { checkWhole } from "./lib/server.mjs";

export const name = "two";

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
    yield row("sign-out everywhere", await signOut(world, onA, onB));
    yield row("both killed between claim and effect", await killedBetween(pair, kept));
    yield row("every tenth connection dropped", await dropping(world, pair, kept));
    yield row("rolling restart", await rolling(world, pair, kept));
    yield row("timers", await eachOnce(place, peopleAt(pair.servers[1].base, kept).owner));
    await checkWhole(world.program, place);
  } catch (error) {
    error.message += pair.told();
    throw error;
  } finally {
    await pair.close();
    await place.drop();
  }
}

const row = (what, result) => ({ engine: POSTGRES, result: `${what}: ${result}` });

/** A price that A publishes is the price of B soon: the two seconds that are promised are told, and no test of this machine. */
async function publishing(onA, onB) {
  const [product] = onA.products;
  const seller = onB.sellers[0];
  const body = { customer_id: seller.customers[0], lines: linesOf([product], 1) };
  const price = async () =>
    (await seller.send("POST", "/api/quotes/price", { body })).json.lines[0].unit_price;
  const before = await price();
  const [item] = (await onA.operations.get("/api/config/items?kind=price_list")).items;
  const rows = await onA.operations.get(`/api/config/items/${item.id}/rows?limit=200`);
  const own = rows.items.find((it) => it.content.product === product.id);
  await publish(onA.operations, onA.owner, "price_list", [
    { key: own.key, content: { ...own.content, price: "177" } },
  ]);
  const began = Date.now();
  await waitFor("the new price on the other server", async () => (await price()) === "177.00", {
    every: 20,
  });
  const ms = Date.now() - began;
  return `A publishes ${before} → 177.00, B prices by it after ${ms} ms`;
}

/** The same request at both servers, at once and one after the other: one quotation, one answer. */
async function oneKey(onA, onB) {
  const rounds = 10;
  for (let round = 0; round < rounds; round += 1) {
    const key = randomUUID();
    const body = { customer_id: onA.sellers[0].customers[0], lines: linesOf(onA.products, 2) };
    const both = await Promise.all(
      [onA, onB].map((on) => on.sellers[0].steady("POST", "/api/quotes", { body, key })),
    );
    both.push(await onA.sellers[0].steady("POST", "/api/quotes", { body, key }));
    const ids = new Set(both.map((it) => it.json.id));
    must(
      both.every((it) => it.status === 201) && ids.size === 1,
      () => `one key made ${JSON.stringify(both.map((it) => [it.status, it.json.id, it.json.code]))}`,
    );
    // The draft as it stands: only the moment of which its prices are is that of the answer.
    const told = both.map((it) => JSON.stringify({ ...it.json, priced_at: null }));
    must(
      told.every((it) => it === told[0]),
      () => `one key was answered in several ways: ${told.join("\n")}`,
    );
  }
  return `${rounds} times sent to A and B at once and again: one quotation and one answer each`;
}

/** A stream on A hears within a second of what somebody did on B; a stream that moves to B misses nothing. */
async function liveScreens(onA, onB) {
  const watcher = onA.manager.listen();
  await watcher.opened;
  await pause(300);
  const seller = onB.sellers[1];
  const draft = await seller.post("/api/quotes", {
    customer_id: seller.customers[0],
    lines: linesOf(onB.products, 1),
  });
  const hears = (line, id) =>
    waitFor("a hint", () => line.heard.find((it) => it.entity === "quote" && it.id === id), {
      every: 10,
    });
  await hears(watcher, draft.id);
  watcher.heard.length = 0;
  const began = Date.now();
  await seller.post(`/api/quotes/${draft.id}/issue`, { expected_net: draft.totals.net });
  const heard = await hears(watcher, draft.id);
  const foreign = onA.sellers[2].listen();
  await foreign.opened;
  watcher.stop();
  const missed = await seller.post("/api/quotes", {
    customer_id: seller.customers[0],
    lines: linesOf(onB.products, 1),
  });
  await seller.post(`/api/quotes/${missed.id}/issue`, { expected_net: missed.totals.net });
  const moved = onB.manager.listen(watcher.lastId);
  await moved.opened;
  await hears(moved, missed.id);
  await pause(1_200);
  must(
    !foreign.heard.some((it) => it.entity === "quote" && it.id === missed.id),
    "a stranger heard of somebody else's quotation",
  );
  foreign.stop();
  moved.stop();
  return `A's stream hears of an issue on B after ${heard.at - began} ms; what was missed while moving from A to B is heard there; strangers hear nothing`;
}

/** The signed page is handed in on A and is the consent on B, byte for byte. */
async function files(onA, onB) {
  const [seller, other] = [onA.sellers[2], onB.sellers[2]];
  const page = picture(400, 77);
  const draft = await other.post("/api/quotes", {
    customer_id: seller.customers[0],
    lines: linesOf(onA.products, 1),
  });
  const issued = await seller.post(`/api/quotes/${draft.id}/issue`, { expected_net: draft.totals.net });
  const file = await seller.upload("签字页.png", page, "image/png");
  const day = new Date(issued.issued_at + 8 * 3_600_000).toISOString().slice(0, 10);
  const signed = await other.post(`/api/quotes/${draft.id}/sign`, {
    signed_day: day,
    signer: "周师傅",
    file,
  });
  const read = await other.send("GET", `/api/orders/${signed.order.id}/consent`);
  must(
    read.status === 200 && read.bytes.equals(page),
    `the consent read on B is ${read.status}, ${read.bytes.length} bytes`,
  );
  const printed = await waitFor("the paper on B", async () => {
    const pdf = await other.send("GET", `/api/quotes/${draft.id}/pdf`);
    return pdf.status === 200 && pdf.bytes;
  });
  const again = await seller.send("GET", `/api/quotes/${draft.id}/pdf`);
  must(again.bytes.equals(printed), "A and B give out different papers");
  return `uploaded on A, signed with on B, read on B byte for byte; the PDF is the same on both`;
}

/** Signing out everywhere on A closes what is open on B. */
async function signOut(world, onA, onB) {
  const { finance } = onA;
  must((await onB.finance.send("GET", "/api/me")).status === 200, "B does not know the session");
  const line = onB.finance.listen();
  await line.opened;
  const answer = await finance.send("DELETE", "/api/sessions");
  must(answer.status === 204, `sign-out: ${answer.status} ${answer.text}`);
  const after = await onB.finance.send("GET", "/api/me");
  must(after.status === 401, `B still lets in: ${after.status}`);
  // An open stream asks every half minute whether its person is still signed in.
  if (world.long) await waitFor("the stream on B to end", () => line.ended, { within: 40_000 });
  line.stop();
  const stream = world.long ? ", and the open stream there ends" : "";
  return `on A: the next request on B is refused (401)${stream}`;
}
