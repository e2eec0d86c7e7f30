import { expect, it } from "vitest";
import { OnceKeys } from "./OnceKeys";

const passing = (error: unknown) => error === "lost";

/** Sends one request after the other, each with the answer that is to come; gives back the keys. */
async function keysOf(...steps: [request: string, outcome: "done" | "lost" | "refused"][]) {
  const keys = new OnceKeys();
  const used: string[] = [];
  for (const [request, outcome] of steps) {
    const act = async (headers: { "Idempotency-Key": string }) => {
      used.push(headers["Idempotency-Key"]);
      if (outcome !== "done") throw outcome;
    };
    await keys.send(request, act, passing).catch((error) => expect(error).toBe(outcome));
  }
  return used.map((key) => used.indexOf(key));
}

it("sends what was lost again under its key, until it is answered", async () => {
  expect(await keysOf(["a", "lost"], ["a", "lost"], ["a", "done"], ["a", "done"])).toEqual([0, 0, 0, 3]);
});

it("gives another request and one that was refused a key of their own", async () => {
  expect(await keysOf(["a", "lost"], ["b", "lost"], ["a", "refused"], ["a", "done"])).toEqual([0, 1, 0, 3]);
});
