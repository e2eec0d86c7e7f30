// What the program said was done, and whether it is still there.
import { randomBytes, randomUUID } from "node:crypto";
import { linesOf } from "./company.mjs";
import { must, pause } from "./machine.mjs";
import { Dropped, Refused } from "./person.mjs";
import { PHOTO } from "./photo.mjs";

/** What of an issued quotation must never change. */
const FROZEN = ["number", "hash", "totals", "verify_code", "issued_at", "lines"];

export class Ledger {
  drafts = new Map();
  issued = new Map();
  signed = new Map();
  /** Asked for and never answered: { account, method, path, body, key, version }. */
  unanswered = [];
  answered = 0;

  /** How many of each were acknowledged. */
  said() {
    return `${this.drafts.size} drafts, ${this.issued.size} issued, ${this.signed.size} signed`;
  }
}

/** One pair of hands: draft, save, issue, every other one signed, again and again until `stop()` or the program is gone. */
export class Hand {
  constructor(person, products, ledger, nth) {
    Object.assign(this, { person, products, ledger, nth, jobs: 0 });
  }

  async work(stop) {
    while (!stop()) if (!(await this.job())) return;
  }

  /** One quotation; false when an answer did not come. */
  async job() {
    this.jobs += 1;
    const customer = this.person.customers[(this.nth + this.jobs) % this.person.customers.length];
    const begun = { customer_id: customer, lines: linesOf(this.products, 5) };
    const draft = await this.ask("POST", "/api/quotes", begun);
    if (!draft) return false;
    this.ledger.drafts.set(draft.id, {
      account: this.person.account,
      version: draft.version,
      net: draft.totals.net,
    });
    const content = {
      customer_id: customer,
      notes: `第${this.jobs}次`,
      lines: linesOf(this.products, 5, `${10 + (this.jobs % 7)}`),
    };
    const saved = await this.ask("PUT", `/api/quotes/${draft.id}`, content, draft.version);
    if (!saved) return false;
    this.ledger.drafts.set(draft.id, {
      account: this.person.account,
      version: saved.version,
      net: saved.totals.net,
    });
    const issued = await this.ask("POST", `/api/quotes/${draft.id}/issue`, {
      expected_net: saved.totals.net,
    });
    if (!issued) return false;
    this.ledger.issued.set(draft.id, { account: this.person.account, quote: issued });
    return this.jobs % 2 === this.nth % 2 ? this.sign(issued) : true;
  }

  async sign(quote) {
    const photo = await this.photo();
    if (!photo) return false;
    const day = new Date(quote.issued_at + 8 * 3_600_000).toISOString().slice(0, 10);
    const body = { signed_day: day, signer: "周师傅", file: photo };
    const signed = await this.ask("POST", `/api/quotes/${quote.id}/sign`, body);
    if (!signed) return false;
    this.ledger.signed.set(quote.id, { account: this.person.account, order: signed.order.number });
    return true;
  }

  async photo() {
    try {
      // Each order stands on a page of its own.
      const page = Buffer.concat([PHOTO, randomBytes(8)]);
      return await this.person.upload("签字页.png", page, "image/png");
    } catch (error) {
      if (error instanceof Dropped || (error instanceof Refused && this.tolerates?.(error.answer)))
        return null;
      throw error;
    }
  }

  /** The answer, or null when none came: then it is noted to be asked for again. */
  async ask(method, path, body, version) {
    const asked = { account: this.person.account, method, path, body, version, key: randomUUID() };
    try {
      const answer = await this.person.send(method, path, asked);
      if (answer.status >= 300) {
        if (this.tolerates?.(answer)) {
          // What may work when it is sent again keeps its key, as in the web; a refusal is an answer.
          const again = answer.status >= 500 ? asked : { ...asked, key: randomUUID() };
          this.ledger.unanswered.push(again);
          return null;
        }
        throw new Refused(method, path, answer);
      }
      this.ledger.answered += 1;
      return answer.json;
    } catch (error) {
      if (!(error instanceof Dropped)) throw error;
      this.ledger.unanswered.push(asked);
      return null;
    }
  }
}

/** `clients` pairs of hands of the sellers, until `stop()`. */
export async function manyHands(company, ledger, clients, stop, tolerates) {
  const hands = Array.from({ length: clients }, (_, nth) => {
    const hand = new Hand(company.sellers[nth % company.sellers.length], company.products, ledger, nth);
    hand.tolerates = tolerates;
    return hand;
  });
  await Promise.all(hands.map((hand) => hand.work(stop)));
}

/**
 * What never was answered is asked for again with its key: it is done once, or it was done and says so. Among several
 * servers the claim of one that died ends only with its lease: unless `patient`, such requests are left for later.
 */
export async function askAgain(company, ledger, { patient = true } = {}) {
  const asked = ledger.unanswered.splice(0);
  const kinds = new Map();
  const again = async (one) => {
    const person = company[one.account];
    const answer = patient
      ? await person.steady(one.method, one.path, one)
      : await person.send(one.method, one.path, one);
    const code = answer.status < 300 ? "done" : answer.json?.code;
    must(
      ["done", "answer_lost", "still_running"].includes(code),
      () => `asked again: ${one.method} ${one.path}: ${answer.status} ${answer.text}`,
    );
    must(!patient || code !== "still_running", () => `a claim did not end: ${one.method} ${one.path}`);
    if (code === "still_running") ledger.unanswered.push(one);
    else kinds.set(code, (kinds.get(code) ?? 0) + 1);
    if (code === "done") note(ledger, one, answer.json);
  };
  await Promise.all(asked.map(again));
  return { asked: asked.length, kinds };
}

function note(ledger, { path, account }, answer) {
  if (path.endsWith("/issue")) ledger.issued.set(answer.id, { account, quote: answer });
  else if (path.endsWith("/sign"))
    ledger.signed.set(answer.quote?.id ?? answer.id, { account, order: answer.order.number });
  else ledger.drafts.set(answer.id, { account, version: answer.version, net: answer.totals.net });
}

/** Everything that was acknowledged is there, as it was. Reads eight at a time. */
export async function allIsThere(company, ledger) {
  const checks = [];
  for (const [id, { account, quote }] of ledger.issued)
    checks.push(() => issuedIsThere(company, ledger, id, account, quote));
  for (const [id, draft] of ledger.drafts)
    if (!ledger.issued.has(id)) checks.push(() => draftIsThere(company, id, draft));
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let check = checks.pop(); check; check = checks.pop()) await check();
    }),
  );
  const numbers = [...ledger.issued.values()].map((it) => it.quote.number);
  must(new Set(numbers).size === numbers.length, "a number was given twice");
}

async function issuedIsThere(company, ledger, id, account, told) {
  const quote = await company[account].get(`/api/quotes/${id}`);
  for (const field of FROZEN) {
    must(
      JSON.stringify(quote[field]) === JSON.stringify(told[field]),
      () =>
        `${field} of ${told.number} was ${JSON.stringify(told[field])} and is ${JSON.stringify(quote[field])}`,
    );
  }
  must((quote.signed !== null) === (quote.state === "signed"), `${told.number} is half signed`);
  const order = ledger.signed.get(id)?.order;
  if (order) must(quote.signed?.order?.number === order, `order ${order} of ${told.number} is lost`);
}

async function draftIsThere(company, id, told) {
  const quote = await company[told.account].get(`/api/quotes/${id}`);
  must(
    quote.version >= told.version,
    `draft ${id} fell back from version ${told.version} to ${quote.version}`,
  );
  if (quote.version === told.version)
    must(quote.totals.net === told.net, `draft ${id} was ${told.net} and is ${quote.totals.net}`);
}

/** All numbers of issued quotations as whoever sees everything lists them: each series is 1, 2, 3 … without a gap. */
export async function numbersAreGapless(owner) {
  const series = new Map();
  let after = "";
  for (;;) {
    const page = await owner.get(`/api/quotes?limit=200${after}`);
    for (const { number } of page.items) {
      if (!number) continue;
      const [, name, digits] = /^(.*?)(\d+)$/.exec(number);
      if (!series.has(name)) series.set(name, new Set());
      const seen = series.get(name);
      seen.add(Number(digits));
    }
    if (page.next === null) break;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
  let count = 0;
  for (const [name, seen] of series) {
    must(
      Math.max(...seen) === seen.size,
      `series ${name} has ${seen.size} numbers up to ${Math.max(...seen)}`,
    );
    count += seen.size;
  }
  return count;
}

/** Waits while hands work, until so many were issued. */
export async function untilIssued(ledger, count, within = 60_000) {
  const until = Date.now() + within;
  while (ledger.issued.size < count) {
    must(Date.now() < until, `only ${ledger.issued.size} quotations were issued within ${within / 1000} s`);
    await pause(5);
  }
}
