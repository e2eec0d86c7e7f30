import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { client, read, steadyFetch, whenViewingOver } from "./client";

const issue = () =>
  new Request("http://huxi.test/api/quotes/1/issue", {
    method: "POST",
    headers: { "Idempotency-Key": "key-of-one-press" },
    body: "{}",
  });
const problem = (code: string) => Response.json({ code, detail: "x" }, { status: 409 });

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("waits for the answer of a request that is still being carried out, under the same key", async () => {
  const keys: (string | null)[] = [];
  const answers = [problem("still_running"), problem("still_running"), Response.json({ id: 1 })];
  vi.stubGlobal("fetch", async (request: Request) => {
    keys.push(request.headers.get("Idempotency-Key"));
    return answers[keys.length - 1];
  });
  const answer = steadyFetch(issue());
  await vi.advanceTimersByTimeAsync(5000);
  expect((await answer).status).toBe(200);
  expect(keys).toEqual(["key-of-one-press", "key-of-one-press", "key-of-one-press"]);
});

it("does not wait for ever, and not at all for another refusal", async () => {
  const ask = vi.fn(async () => problem("still_running"));
  vi.stubGlobal("fetch", ask);
  const answer = steadyFetch(issue());
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await answer).status).toBe(409);
  const once = vi.fn(async () => problem("wrong_state"));
  vi.stubGlobal("fetch", once);
  expect(await (await steadyFetch(issue())).json()).toMatchObject({ code: "wrong_state" });
  expect(once).toHaveBeenCalledTimes(1);
});

it("tells that the account one looks through was locked, besides throwing the refusal", async () => {
  const told = vi.fn();
  whenViewingOver(told);
  const refused = (code: string) =>
    read(Promise.resolve({ error: { code, detail: "x" }, response: problem(code) }));
  await expect(refused("viewing_only")).rejects.toMatchObject({ code: "viewing_only" });
  expect(told).not.toHaveBeenCalled();
  await expect(refused("viewing_over")).rejects.toMatchObject({ code: "viewing_over" });
  expect(told).toHaveBeenCalledTimes(1);
});

it("gives every change a key of its own, so that a repetition is recognised", async () => {
  const keys: (string | null)[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    keys.push(request.headers.get("Idempotency-Key"));
    return Response.json({});
  });
  const params = { path: { id: 1 } };
  const baseUrl = "http://huxi.test";
  await client.PUT("/api/quotes/{id}", { baseUrl, params, body: {} as never });
  await client.DELETE("/api/quotes/{id}", { baseUrl, params });
  await client.GET("/api/quotes/{id}", { baseUrl, params });
  expect(keys[0]).not.toBeNull();
  expect(keys[1]).not.toBeNull();
  expect(keys[0]).not.toBe(keys[1]);
  expect(keys[2]).toBeNull();
});

const sent = (method: string, path: string) =>
  new Request(`http://huxi.test${path}`, { method, headers: { "Idempotency-Key": "key-of-one-press" } });

async function dropped(method: string, path: string) {
  const ask = vi.fn(async () => {
    throw new TypeError("Failed to fetch");
  });
  vi.stubGlobal("fetch", ask);
  const answer = steadyFetch(sent(method, path)).catch((error) => error);
  await vi.advanceTimersByTimeAsync(5000);
  return [(await answer).code, ask.mock.calls.length];
}

it("sends again what the network dropped, but nothing that would be done twice", async () => {
  for (const path of ["/api/quotes/1/issue", "/api/quotes/price", "/api/public/shares/abc/views"]) {
    expect(await dropped("POST", path)).toEqual(["offline", 3]);
  }
  expect(await dropped("GET", "/api/quotes/1/shares")).toEqual(["offline", 3]);
  expect(await dropped("POST", "/api/quotes/1/shares/2/withdraw")).toEqual(["offline", 3]);
  for (const path of [
    "/api/quotes/1/shares",
    "/api/keys",
    "/api/webhooks",
    "/api/webhooks/3/secret",
    "/api/public/shares/abc/accept",
  ]) {
    expect(await dropped("POST", path)).toEqual(["unanswered", 1]);
  }
});

it("says that it was not sent where there was no network to begin with", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  expect(await dropped("POST", "/api/quotes/1/shares")).toEqual(["offline", 1]);
});

const unknown = (again: boolean) =>
  Response.json({ code: "commit_unknown", detail: "x", facts: { same_key_again: again } }, { status: 503 });

it("finds out under the same key what became of a change whose server lost its database", async () => {
  const keys: (string | null)[] = [];
  const answers = [unknown(true), problem("answer_lost")];
  vi.stubGlobal("fetch", async (request: Request) => {
    keys.push(request.headers.get("Idempotency-Key"));
    return answers[keys.length - 1];
  });
  const answer = steadyFetch(issue());
  await vi.advanceTimersByTimeAsync(5000);
  expect(await (await answer).json()).toMatchObject({ code: "answer_lost" });
  expect(keys).toEqual(["key-of-one-press", "key-of-one-press"]);
});

it("does not send again what would be done twice, nor for ever", async () => {
  const once = vi.fn(async () => unknown(false));
  vi.stubGlobal("fetch", once);
  expect((await steadyFetch(issue())).status).toBe(503);
  expect(once).toHaveBeenCalledTimes(1);
  const ask = vi.fn(async () => unknown(true));
  vi.stubGlobal("fetch", ask);
  const answer = steadyFetch(issue());
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await answer).status).toBe(503);
  expect(ask).toHaveBeenCalledTimes(3);
});
