// Somebody with a browser: cookies, keys, versions, and the web's own habit of sending again what was dropped.
import { randomUUID } from "node:crypto";
import http from "node:http";
import { pause } from "./machine.mjs";

const TIMEOUT_MS = 60_000;
const RETRIES = 4;
/** A claim ends with its lease of a minute. */
const RUNNING_ASKED = 75;

/** The request never got an answer. */
export class Dropped extends Error {}

/** The answer was a refusal or a failure. */
export class Refused extends Error {
  constructor(method, path, answer) {
    super(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 600)}`);
    this.answer = answer;
  }
}

export class Person {
  /** `base` is an address or a function that gives one. */
  constructor(base, { agent } = {}) {
    this.where = typeof base === "function" ? base : () => base;
    this.agent = agent ?? new http.Agent({ keepAlive: true, maxSockets: 256 });
    this.cookie = "";
  }

  /** The same session at another address. */
  at(base) {
    const other = new Person(base);
    other.cookie = this.cookie;
    other.account = this.account;
    return other;
  }

  async signIn(account, password) {
    const answer = await this.send("POST", "/api/session", { body: { account, password } });
    if (answer.status !== 200) throw new Refused("POST", "/api/session", answer);
    this.account = account;
    return answer.json;
  }

  /** One request, once. Nothing is thrown for refusals; `Dropped` when no answer came. */
  send(method, path, { body, bytes, headers = {}, key, version, within = TIMEOUT_MS } = {}) {
    const content = bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)));
    const url = new URL(path, this.where());
    const sent = { ...headers };
    if (this.cookie) sent.cookie = this.cookie;
    if (content) {
      sent["content-type"] ??= "application/json";
      sent["content-length"] = content.length;
    }
    if (key) sent["idempotency-key"] = key;
    if (version !== undefined) sent["if-match"] = `"${version}"`;
    return new Promise((resolve, reject) => {
      const request = http.request(
        url,
        { method, headers: sent, agent: this.agent, timeout: within },
        (response) => {
          const parts = [];
          response.on("data", (part) => parts.push(part));
          response.once("error", (error) => reject(new Dropped(error.message)));
          response.once("close", () => {
            if (!response.complete) return reject(new Dropped("the answer broke off"));
            const whole = Buffer.concat(parts);
            this.#remember(response.headers["set-cookie"]);
            resolve({
              status: response.statusCode,
              headers: response.headers,
              bytes: whole,
              ...read(response, whole),
            });
          });
        },
      );
      request.once("timeout", () => request.destroy(new Error(`no answer within ${within} ms`)));
      request.once("error", (error) => reject(new Dropped(`${method} ${path}: ${error.message}`)));
      request.end(content);
    });
  }

  #remember(cookies) {
    const session = cookies?.map((it) => it.split(";")[0]).find((it) => it.startsWith("huxi_session="));
    if (session) this.cookie = session;
  }

  /** JSON of what must be there. */
  async get(path) {
    const answer = await this.send("GET", path);
    if (answer.status !== 200) throw new Refused("GET", path, answer);
    return answer.json;
  }

  /** A change that must be done. Its key is made here unless one is given. */
  async change(method, path, body, { key = randomUUID(), version } = {}) {
    const answer = await this.send(method, path, { body, key, version });
    if (answer.status >= 300) throw new Refused(method, path, answer);
    return answer.json;
  }

  post(path, body, options) {
    return this.change("POST", path, body, options);
  }

  /**
   * Sends as the web does: again when the network drops it, and asked for again while the first one is still being
   * carried out. The last answer comes back, whatever it is; `attempts` counts how often it was sent.
   */
  async steady(method, path, options = {}) {
    const sent = { ...options, key: options.key ?? (method === "GET" ? undefined : randomUUID()) };
    let running = 0;
    for (let attempt = 0; ; ) {
      try {
        const answer = await this.send(method, path, sent);
        if (answer.json?.code !== "still_running" || running >= RUNNING_ASKED)
          return { ...answer, attempts: attempt + 1 };
        running += 1;
        await pause(1_000);
      } catch (error) {
        if (!(error instanceof Dropped) || attempt >= RETRIES) throw error;
        attempt += 1;
        await pause(150 * attempt);
      }
    }
  }

  /** Hands a file in; its hash. */
  async upload(name, bytes, type = "application/octet-stream", key = randomUUID()) {
    const headers = { "x-file-name": encodeURIComponent(name), "content-type": type };
    const answer = await this.send("POST", "/api/files", { bytes, headers, key });
    if (answer.status >= 300) throw new Refused("POST", "/api/files", answer);
    return answer.json.file;
  }

  /** Listens to the stream of hints: `heard` grows, `stop` ends it. */
  listen(last) {
    const heard = [];
    const url = new URL("/api/stream", this.where());
    const headers = { cookie: this.cookie, ...(last ? { "last-event-id": last } : {}) };
    let fail;
    const line = { heard, ended: false, lastId: last };
    line.opened = new Promise((resolve, reject) => {
      fail = reject;
      line.request = http.get(url, { headers, agent: false }, (response) => {
        let rest = "";
        response.setEncoding("utf8");
        response.on("data", (text) => {
          rest += text;
          const events = rest.split("\n\n");
          rest = events.pop();
          for (const event of events) take(line, event);
        });
        response.on("error", () => {});
        response.on("close", () => {
          line.ended = true;
        });
        if (response.statusCode === 200) resolve(response);
        else reject(new Error(`/api/stream: ${response.statusCode}`));
      });
      line.request.on("error", (error) => {
        line.ended = true;
        fail(error);
      });
    });
    line.stop = () => line.request.destroy();
    return line;
  }
}

function take(line, event) {
  const fields = event.split("\n").map((it) => it.split(/: ?(.*)/s));
  const data = fields
    .filter(([name]) => name === "data")
    .map(([, text]) => text)
    .join("\n");
  const id = fields.find(([name]) => name === "id")?.[1];
  if (id) line.lastId = id;
  if (data) line.heard.push({ ...JSON.parse(data), at: Date.now() });
}

function read(response, whole) {
  const type = response.headers["content-type"] ?? "";
  const text = /json|text/.test(type) ? whole.toString("utf8") : "";
  let json = null;
  if (type.includes("json")) {
    try {
      json = JSON.parse(text);
    } catch {
      json = null;
    }
  }
  return { text, json };
}
