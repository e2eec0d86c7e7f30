import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { offlineProblem, Problem } from "../../api/problem";
import type { Draft, RowsChange } from "../../api/types";
import { RowSaver, type SavedRows } from "./RowSaver";

const saved = (version: number): SavedRows => ({ draft: { version } as Draft, rows: [] });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("sends many typed prices as one batch, the last content of each", async () => {
  const put = vi.fn(async (_change: RowsChange, version: number) => saved(version + 1));
  const saver = new RowSaver(3, { put, refresh: async () => ({ version: 3 }) as Draft, arrived: () => {} });
  saver.set("a", { price: "1" });
  saver.set("a", { price: "12" });
  saver.set("b", null);
  await vi.advanceTimersByTimeAsync(400);
  expect(put).toHaveBeenCalledTimes(1);
  expect(put).toHaveBeenCalledWith({ put: [{ key: "a", content: { price: "12" } }], delete: ["b"] }, 3);
  expect(saver.current().state).toBe("saved");
});

it("follows on the newer version when somebody else saved other rows first", async () => {
  const put = vi.fn(async (_change: RowsChange, version: number) => {
    if (version === 3) throw new Problem(412, "changed_by_other", "x");
    return saved(version + 1);
  });
  const saver = new RowSaver(3, { put, refresh: async () => ({ version: 8 }) as Draft, arrived: () => {} });
  saver.set("a", { price: "1" });
  await vi.advanceTimersByTimeAsync(400);
  expect(put).toHaveBeenLastCalledWith(expect.anything(), 8);
  expect(saver.current().state).toBe("saved");
});

it("keeps rows while offline and sends them again", async () => {
  let online = false;
  const put = vi.fn(async () => {
    if (!online) throw offlineProblem();
    return saved(4);
  });
  const saver = new RowSaver(3, { put, refresh: async () => ({ version: 3 }) as Draft, arrived: () => {} });
  saver.set("a", { price: "1" });
  await vi.advanceTimersByTimeAsync(400);
  expect(saver.current().state).toBe("failed");
  expect(saver.dirty).toBe(true);
  online = true;
  await vi.advanceTimersByTimeAsync(5000);
  expect(saver.current().state).toBe("saved");
  expect(saver.dirty).toBe(false);
});

it("does not send again what the server refuses", async () => {
  const put = vi.fn(async () => Promise.reject(new Problem(422, "invalid", "bad")));
  const saver = new RowSaver(3, { put, refresh: async () => ({ version: 3 }) as Draft, arrived: () => {} });
  saver.set("a", { price: "x" });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(put).toHaveBeenCalledTimes(1);
  expect(saver.current()).toMatchObject({ state: "failed", problem: { code: "invalid" } });
});
