// 64 clients that read and write at once: time of each kind of request, and the processor's time for each.
import { linesOf, peopleAt } from "./lib/company.mjs";
import { must, pause, peakMemory, processorTime, quantile } from "./lib/machine.mjs";
import { POSTGRES, SQLITE } from "./lib/places.mjs";
import { serve } from "./lib/server.mjs";

export const name = "load";
const CLIENTS = 64;
const SECONDS = { short: 4, long: 60 };

export async function* run(world) {
  for (const engine of [SQLITE, POSTGRES]) yield await onEngine(world, engine);
}

async function onEngine(world, engine) {
  const { place, kept } = await world.templates.company(engine);
  const server = await serve(world.program, place);
  try {
    const company = peopleAt(server.base, kept);
    const times = { read: [], write: [] };
    let over = false;
    const began = Date.now();
    const spent = await processorTime(server.pid);
    const clients = Array.from({ length: CLIENTS }, (_, nth) => client(company, nth, times, () => over));
    const all = Promise.all(clients);
    all.catch(() => {});
    await Promise.race([pause((world.long ? SECONDS.long : SECONDS.short) * 1_000), all]);
    over = true;
    await all;
    const seconds = (Date.now() - began) / 1_000;
    const used = (await processorTime(server.pid)) - spent;
    const count = times.read.length + times.write.length;
    const of = (kind) =>
      `${kind}s p50 ${quantile(times[kind], 0.5).toFixed(0)} ms, p99 ${quantile(times[kind], 0.99).toFixed(0)} ms (${times[kind].length})`;
    const peak = await peakMemory(server.pid);
    return {
      engine,
      result: `${CLIENTS} clients, ${seconds.toFixed(0)} s: ${(count / seconds).toFixed(0)} requests/s, ${of("read")}, ${of("write")}, ${(used / count).toFixed(1)} ms of processor's time each, peak of memory ${peak.toFixed(0)} MiB, none failed`,
    };
  } finally {
    await server.kill();
    await place.drop();
  }
}

/** A seller's day: looks at lists and records, writes a quotation, saves and issues it. */
async function client(company, nth, times, over) {
  const person = company.sellers[nth % company.sellers.length];
  const customer = person.customers[nth % person.customers.length];
  const timed = async (kind, method, path, options) => {
    const began = performance.now();
    const answer = await person.send(method, path, options);
    times[kind].push(performance.now() - began);
    must(answer.status < 300, () => `${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  };
  for (let job = 0; !over(); job += 1) {
    await timed("read", "GET", "/api/today");
    await timed("read", "GET", "/api/quotes?limit=50");
    await timed("read", "GET", "/api/products?limit=50");
    const key = `load-${nth}-${job}-${Date.now()}`;
    const begun = { customer_id: customer, lines: linesOf(company.products, 5) };
    const draft = await timed("write", "POST", "/api/quotes", { body: begun, key });
    const content = { customer_id: customer, lines: linesOf(company.products, 5, "12"), notes: key };
    const saved = await timed("write", "PUT", `/api/quotes/${draft.id}`, {
      body: content,
      version: draft.version,
    });
    await timed("write", "POST", `/api/quotes/${draft.id}/issue`, {
      body: { expected_net: saved.totals.net },
      key: `${key}-i`,
    });
    await timed("read", "GET", `/api/quotes/${draft.id}`);
    await timed("read", "GET", "/api/customers?limit=50");
  }
}
