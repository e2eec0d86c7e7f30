import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { offlineProblem, Problem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { DraftSaver } from "./DraftSaver";
import type { DraftDoc } from "./draftModel";

const doc = (notes: string): DraftDoc => ({ customerId: 1, validUntil: null, notes, lines: [] });
const at = (version: number) => ({ version }) as Quote;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("sends the newest content once typing pauses", async () => {
  const put = vi.fn(async (_doc: DraftDoc, version: number) => at(version + 1));
  const saver = new DraftSaver(at(1), { put, keep: () => {} });
  saver.push(doc("a"));
  saver.push(doc("ab"));
  await vi.advanceTimersByTimeAsync(200);
  expect(put).toHaveBeenCalledTimes(1);
  expect(put).toHaveBeenCalledWith(doc("ab"), 1);
  expect(saver.current()).toMatchObject({ state: "saved", quote: { version: 2 } });
});

it("never has two saves under way: the second starts from the first one's version", async () => {
  let answer: (quote: Quote) => void = () => {};
  const put = vi.fn(
    (_doc: DraftDoc, _version: number) =>
      new Promise<Quote>((done) => {
        answer = done;
      }),
  );
  const saver = new DraftSaver(at(1), { put, keep: () => {} });
  saver.push(doc("a"));
  await vi.advanceTimersByTimeAsync(200);
  saver.push(doc("b"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(put).toHaveBeenCalledTimes(1);
  answer(at(2));
  await vi.advanceTimersByTimeAsync(10);
  expect(put).toHaveBeenLastCalledWith(doc("b"), 2);
});

it("keeps content on the device while offline and sends it when the network is back", async () => {
  let online = false;
  const kept: unknown[] = [];
  const put = vi.fn(async () => {
    if (!online) throw offlineProblem();
    return at(2);
  });
  const saver = new DraftSaver(at(1), { put, keep: (value) => kept.push(value) });
  saver.push(doc("a"));
  await vi.advanceTimersByTimeAsync(200);
  expect(saver.current().state).toBe("offline");
  expect(kept[kept.length - 1]).toEqual({ version: 1, doc: doc("a") });
  online = true;
  await vi.advanceTimersByTimeAsync(5000);
  expect(saver.current().state).toBe("saved");
  expect(kept[kept.length - 1]).toBeNull();
});

it("stops at a conflict until somebody chooses", async () => {
  const put = vi.fn(async (_doc: DraftDoc, version: number) => {
    if (version === 1) throw new Problem(412, "changed_by_other", "x", { current: at(5) });
    return at(version + 1);
  });
  const saver = new DraftSaver(at(1), { put, keep: () => {} });
  saver.push(doc("mine"));
  await vi.advanceTimersByTimeAsync(200);
  saver.push(doc("mine more"));
  await vi.advanceTimersByTimeAsync(9000);
  expect(put).toHaveBeenCalledTimes(1);
  saver.settle(at(5), doc("mine more"));
  await vi.advanceTimersByTimeAsync(200);
  expect(put).toHaveBeenLastCalledWith(doc("mine more"), 5);
});

it("knows its own save again when the answer was lost and more was typed meanwhile", async () => {
  const stored = (version: number, notes: string) =>
    ({
      ...at(version),
      customer: { id: 1 },
      valid_until_chosen: false,
      notes,
      lines: [],
    }) as unknown as Quote;
  let server = stored(1, "");
  let lost = true;
  const put = vi.fn(async (sent: DraftDoc, version: number) => {
    if (version !== server.version) throw new Problem(412, "changed_by_other", "x", { current: server });
    server = stored(version + 1, sent.notes);
    if (lost) throw offlineProblem();
    return server;
  });
  const saver = new DraftSaver(server, { put, keep: () => {} });
  saver.push(doc("a"));
  await vi.advanceTimersByTimeAsync(200);
  expect(saver.current().state).toBe("offline");
  lost = false;
  saver.push(doc("ab"));
  await vi.advanceTimersByTimeAsync(500);
  expect(saver.current()).toMatchObject({ state: "saved", quote: { version: 3, notes: "ab" } });
  server = stored(7, "theirs");
  saver.push(doc("abc"));
  await vi.advanceTimersByTimeAsync(500);
  expect(saver.current().state).toBe("conflict");
});

it("flushes before a document is issued, and throws what hinders it", async () => {
  const put = vi.fn(async () => at(2));
  const saver = new DraftSaver(at(1), { put, keep: () => {} });
  saver.push(doc("a"));
  await expect(saver.flush()).resolves.toMatchObject({ version: 2 });
  const failing = new DraftSaver(at(1), {
    put: async () => Promise.reject(new Problem(422, "invalid", "bad")),
    keep: () => {},
  });
  failing.push(doc("a"));
  await expect(failing.flush()).rejects.toMatchObject({ code: "invalid" });
});

it("keeps with what was typed what was sent before it without an answer", async () => {
  let answer: (quote: Quote) => void = () => {};
  const put = () =>
    new Promise<Quote>((done) => {
      answer = done;
    });
  const kept: unknown[] = [];
  const saver = new DraftSaver(at(1), { put, keep: (value) => kept.push(value) });
  saver.push(doc("a"));
  await vi.advanceTimersByTimeAsync(200);
  saver.push(doc("ab"));
  expect(kept[kept.length - 1]).toEqual({ version: 1, doc: doc("ab"), sent: doc("a") });
  answer(at(2));
  await vi.advanceTimersByTimeAsync(1);
  expect(kept[kept.length - 1]).toEqual({ version: 2, doc: doc("ab") });
});

it("keeps what collides on the version that it was typed on, and is not idle until somebody chose", async () => {
  const kept: unknown[] = [];
  const saver = new DraftSaver(at(5), { put: async () => at(6), keep: (value) => kept.push(value) });
  expect(saver.idle).toBe(true);
  saver.collide(doc("mine"), 3, new Problem(412, "changed_by_other", "x", { current: at(5) }));
  expect(kept).toEqual([{ version: 3, doc: doc("mine") }]);
  expect(saver.idle).toBe(false);
  saver.settle(at(5), null);
  expect(saver.idle).toBe(true);
  expect(kept[kept.length - 1]).toBeNull();
});

it("keeps beside what collides what it was typed on, until somebody chose", () => {
  const kept: unknown[] = [];
  const saver = new DraftSaver(at(5), { put: async () => at(6), keep: (value) => kept.push(value) });
  const overtaken = new Problem(412, "changed_by_other", "x", { current: at(5) });
  saver.collide(doc("mine"), 3, overtaken, doc("before"));
  expect(saver.base).toEqual(doc("before"));
  saver.push(doc("mine more"));
  expect(kept[kept.length - 1]).toEqual({ version: 3, base: doc("before"), doc: doc("mine more") });
  saver.settle(at(5), doc("both"));
  expect(kept[kept.length - 1]).toEqual({ version: 5, doc: doc("both") });
});

it("goes on from a draft that somebody took over, sends nothing more, and keeps what was typed", async () => {
  const kept: unknown[] = [];
  const put = vi.fn(async (_doc: DraftDoc, _version: number): Promise<Quote> => {
    throw new Problem(409, "taken_over", "x", {});
  });
  const saver = new DraftSaver(at(1), { put, keep: (value) => kept.push(value) });
  saver.push(doc("typed"));
  await vi.advanceTimersByTimeAsync(200);
  expect(saver.current()).toMatchObject({ state: "failed", problem: { code: "taken_over" } });
  saver.adopt(at(2));
  expect(saver.current()).toMatchObject({ state: "saved", quote: { version: 2 }, problem: null });
  await vi.advanceTimersByTimeAsync(9000);
  expect(put).toHaveBeenCalledTimes(1);
  expect(kept[kept.length - 1]).toEqual({ version: 1, doc: doc("typed") });
  // Taken over again, it is saved from the version that then stands.
  saver.push(doc("typed"));
  await vi.advanceTimersByTimeAsync(200);
  expect(put).toHaveBeenLastCalledWith(doc("typed"), 2);
});

it("takes what changed beside the content of its version, and leaves what is typed as it is", async () => {
  const put = vi.fn(async (_doc: DraftDoc, version: number) => at(version + 1));
  const saver = new DraftSaver(at(1), { put, keep: () => {} });
  saver.push(doc("typed"));
  saver.beside({ ...at(1), askable: [] } as unknown as Quote);
  expect(saver.current()).toMatchObject({ state: "saving", quote: { version: 1, askable: [] } });
  await vi.advanceTimersByTimeAsync(200);
  expect(put).toHaveBeenCalledWith(doc("typed"), 1);
  saver.beside({ ...at(1), askable: [] } as unknown as Quote);
  expect(saver.current().quote).toEqual(at(2));
});
