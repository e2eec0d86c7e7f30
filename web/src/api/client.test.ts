import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { steadyFetch } from "./client";

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
