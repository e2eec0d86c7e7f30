import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Quote } from "../../api/types";
import { docOf } from "./draftModel";
import { begunNow, dropEmpty, leavesNothing } from "./leftEmpty";

const kept = vi.hoisted(() => ({ pasted: [] as unknown[] }));
vi.mock("../../parts/kept", () => ({ pastedKept: async () => kept.pasted }));

const line = { id: "a", product: { id: 7 }, qty: "1", unit: "桶", note: "" };
const quote = (more: object = {}) =>
  ({
    id: 27,
    version: 1,
    state: "draft",
    customer: { id: 3, name: "恒泰建设" },
    valid_until_chosen: false,
    valid_until: "2026-12-07",
    notes: "",
    lines: [],
    terms: {},
    whole: {},
    actions: ["edit", "delete"],
    ask: null,
    taken_by: null,
    ...more,
  }) as unknown as Quote;

/** What the server was asked, and what it has. */
const server = { has: quote(), asked: [] as string[], away: false };

beforeEach(() => {
  Object.assign(server, { has: quote(), asked: [], away: false });
  kept.pasted = [];
  const { happyDOM } = window as unknown as { happyDOM: { setURL: (address: string) => void } };
  happyDOM.setURL("http://huxi.test/");
  vi.stubGlobal("fetch", async ({ method }: Request) => {
    if (server.away) throw new TypeError("no network");
    server.asked.push(method);
    return method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(server.has);
  });
});
afterEach(() => vi.unstubAllGlobals());

const left = (more: object = {}, state: "saved" | "saving" | "offline" = "saved", otherTab = false) => {
  const held = quote(more);
  return { doc: docOf(held), status: { state, quote: held }, otherTab };
};

it("leaves nothing of a draft that was begun here and holds neither line nor word", () => {
  expect(leavesNothing(left())).toBe(false);
  begunNow(27);
  expect(leavesNothing(left())).toBe(true);
  for (const more of [
    { lines: [line] },
    { notes: "月底送货" },
    { valid_until_chosen: true },
    { terms: { site_address: "园区路 8 号" } },
    { whole: { rounding: "10" } },
    { id: 28 },
  ]) {
    expect(leavesNothing(left(more)), JSON.stringify(more)).toBe(false);
  }
  expect([leavesNothing(left({}, "saving")), leavesNothing(left({}, "offline"))]).toEqual([false, false]);
  expect(leavesNothing(left({}, "saved", true))).toBe(false);
});

it("deletes it once the server says that it is as empty as it was seen", async () => {
  begunNow(27);
  expect(await dropEmpty(1, quote())).toBe(true);
  expect(server.asked).toEqual(["GET", "DELETE"]);
  expect(leavesNothing(left())).toBe(false);
});

it("leaves it when somebody was there meanwhile, pasted lines wait, or the network is away", async () => {
  for (const has of [
    quote({ lines: [line] }),
    quote({ version: 2 }),
    quote({ actions: ["edit"] }),
    quote({ taken_by: { id: 2, name: "邓子轩" } }),
    quote({ ask: { by: { id: 1 } } }),
  ]) {
    server.has = has;
    expect(await dropEmpty(1, quote())).toBe(false);
  }
  server.has = quote();
  kept.pasted = [{ id: "p" }];
  expect(await dropEmpty(1, quote())).toBe(false);
  kept.pasted = [];
  expect(server.asked).not.toContain("DELETE");
  server.away = true;
  expect(await dropEmpty(1, quote())).toBe(false);
});
