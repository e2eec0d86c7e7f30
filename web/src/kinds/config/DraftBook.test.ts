import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Problem } from "../../api/problem";
import type { Content, Draft, DraftRow, RowsChange } from "../../api/types";
import { DraftBook } from "./DraftBook";
import { sameContent } from "./sameContent";

/** A server as small as can be: it keeps rows beside their base, and refuses a price of 13. */
class Server {
  version = 1;
  readonly base = new Map<string, Content>();
  readonly rows = new Map<string, Content>();
  readonly asked: RowsChange[] = [];

  constructor(prices: Record<string, string>) {
    for (const [key, price] of Object.entries(prices)) {
      this.base.set(key, { price });
      this.rows.set(key, { price });
    }
  }

  row(key: string): DraftRow {
    const [before, content] = [this.base.get(key) ?? null, this.rows.get(key) ?? null];
    const change = before === null ? "added" : content === null ? "removed" : "changed";
    const same = sameContent(before, content);
    return {
      key,
      before,
      content,
      change: same ? "same" : change,
      delta: null,
      delta_percent: null,
      shown: {},
    };
  }

  keys = () => [...new Set([...this.base.keys(), ...this.rows.keys()])].sort();

  put = async (change: RowsChange, version: number) => {
    this.asked.push(change);
    if (version !== this.version) throw new Problem(412, "changed_by_other", "x");
    const put = change.put ?? [];
    const fields = put.flatMap(({ content }, at) =>
      content.price === "13" ? [{ path: `put[${at}].content.price`, detail: "not 13" }] : [],
    );
    if (fields.length > 0) throw new Problem(422, "invalid", "bad", { fields });
    for (const key of change.delete ?? []) this.rows.delete(key);
    for (const { key, content } of put) this.rows.set(key ?? "", content);
    this.version += 1;
    const touched = [...(change.delete ?? []), ...put.map(({ key }) => key ?? "")];
    return { draft: { version: this.version } as Draft, rows: touched.map((key) => this.row(key)) };
  };

  book() {
    return new DraftBook(this.version, {
      page: async (after, limit) => {
        const left = this.keys().filter((key) => after === undefined || key > after);
        const items = left.slice(0, limit).map((key) => this.row(key));
        const next = left.length > limit ? (items[items.length - 1]?.key ?? null) : null;
        return { items, next, total: this.keys().length };
      },
      put: this.put,
      refresh: async () => ({ version: this.version }) as Draft,
      told: () => {},
      settled: () => {},
      same: sameContent,
    });
  }
}

const signal = new AbortController().signal;
const price = (book: DraftBook, key: string) => book.view().byKey.get(key)?.content?.price;
const edit = (key: string, to: string | null) => ({ key, content: to === null ? null : { price: to } });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("takes back and does again single edits, many at once, deletions and new rows", async () => {
  const server = new Server({ a: "1", b: "2", c: "3" });
  const book = server.book();
  await book.load(signal);
  book.act("typed", [edit("a", "10")]);
  book.act("bulk", [edit("a", "11"), edit("b", "22")]);
  book.act("removed", [edit("c", null)]);
  book.act("added", [edit("d", "4")]);
  await vi.advanceTimersByTimeAsync(1000);
  expect([...server.rows].map(([key, content]) => key + content.price).sort()).toEqual(["a11", "b22", "d4"]);
  for (const label of ["added", "removed", "bulk", "typed"]) expect(book.undo()?.label).toBe(label);
  expect(book.undo()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1000);
  expect([...server.rows].map(([key, content]) => key + content.price).sort()).toEqual(["a1", "b2", "c3"]);
  expect(book.view().rows.map((row) => row.change)).toEqual(["same", "same", "same"]);
  for (const _ of [1, 2, 3, 4]) book.redo();
  await vi.advanceTimersByTimeAsync(1000);
  expect([...server.rows].map(([key, content]) => key + content.price).sort()).toEqual(["a11", "b22", "d4"]);
});

it("takes what was said of a step back with it, and says it again", async () => {
  const server = new Server({ a: "1", b: "2", c: "3" });
  const book = server.book();
  await book.load(signal);
  book.act("earlier", [], new Map([["c", "not a price"]]));
  book.act("pasted", [edit("a", "10")], new Map([["b", "面议"]]));
  expect([...book.view().faults.keys()]).toEqual(["c", "b"]);
  book.undo();
  expect([...book.view().faults.keys()]).toEqual(["c"]);
  expect(price(book, "a")).toBe("1");
  book.redo();
  expect([...book.view().faults]).toEqual([
    ["c", "not a price"],
    ["b", "面议"],
  ]);
});

it("forgets what could be done again once something new is done", async () => {
  const server = new Server({ a: "1" });
  const book = server.book();
  await book.load(signal);
  book.act("one", [edit("a", "2")]);
  book.undo();
  book.act("two", [edit("a", "3")]);
  expect(book.view()).toMatchObject({ undo: "two", redo: null });
});

it("does not count an action without effect as a step", async () => {
  const server = new Server({ a: "1.50" });
  const book = server.book();
  await book.load(signal);
  book.act("nothing", [edit("a", "1.5")]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(book.view().undo).toBeNull();
  expect(server.asked).toEqual([]);
});

it("takes an import back as one step, for rows that it changed and rows that it brought", async () => {
  const server = new Server({ a: "1", b: "2" });
  const book = server.book();
  await book.load(signal);
  const outcome = book.outside(
    "import",
    async () => {
      server.rows.set("a", { price: "5" });
      server.rows.set("z", { price: "9" });
      server.version += 1;
      return { draft: { version: server.version } as Draft };
    },
    () => book.load(signal),
  );
  await outcome;
  expect([price(book, "a"), price(book, "z")]).toEqual(["5", "9"]);
  expect(book.undo()?.label).toBe("import");
  await vi.advanceTimersByTimeAsync(1000);
  expect([...server.rows].map(([key, content]) => key + content.price).sort()).toEqual(["a1", "b2"]);
  book.redo();
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.rows.get("z")).toEqual({ price: "9" });
});

it("shows a refused row's sentence, keeps what was typed, and saves the others", async () => {
  const server = new Server({ a: "1", b: "2" });
  const book = server.book();
  await book.load(signal);
  book.act("paste", [edit("a", "13"), edit("b", "20")]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.rows.get("b")).toEqual({ price: "20" });
  expect(server.rows.get("a")).toEqual({ price: "1" });
  expect(price(book, "a")).toBe("13");
  expect(book.view().faults.get("a")).toBe("not 13");
  expect(book.saver.current().state).toBe("failed");
  expect(book.saver.dirty).toBe(true);
  book.act("mend", [edit("a", "14")]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.rows.get("a")).toEqual({ price: "14" });
  expect(book.view().faults.size).toBe(0);
  expect(book.saver.current().state).toBe("saved");
});

it("drops the sentence of a text that was not taken once it is heard, but not that of a row that is not saved", async () => {
  const server = new Server({ a: "1", b: "2" });
  const book = server.book();
  await book.load(signal);
  book.act("paste", [edit("a", "13")], new Map([["b", "no price"]]));
  await vi.advanceTimersByTimeAsync(1000);
  book.heard(["a", "b"]);
  expect([...book.view().faults]).toEqual([["a", "not 13"]]);
});

it("sends thousands of rows in batches, one request at a time", async () => {
  const prices = Object.fromEntries(Array.from({ length: 1700 }, (_, n) => [`k${10_000 + n}`, "1"]));
  const server = new Server(prices);
  const book = server.book();
  await book.load(signal);
  expect(book.view()).toMatchObject({ complete: true, total: 1700 });
  book.act(
    "bulk",
    server.keys().map((key) => edit(key, "2")),
  );
  await vi.advanceTimersByTimeAsync(2000);
  expect(server.asked.map((change) => change.put?.length)).toEqual([500, 500, 500, 200]);
  expect(book.saver.dirty).toBe(false);
  book.undo();
  await vi.advanceTimersByTimeAsync(2000);
  expect([...server.rows.values()].every((content) => content.price === "1")).toBe(true);
});

it("leaves rows as they are that somebody changed after the step", async () => {
  const server = new Server({ a: "1", b: "2" });
  const book = server.book();
  await book.load(signal);
  book.act("bulk", [edit("a", "10"), edit("b", "20")]);
  await vi.advanceTimersByTimeAsync(1000);
  server.rows.set("b", { price: "99" });
  await book.load(signal);
  expect(book.undo()).toMatchObject({ keys: ["a"], left: 1 });
  expect([price(book, "a"), price(book, "b")]).toEqual(["1", "99"]);
});

it("does not let a reading that began before a save bring the old price back", async () => {
  const server = new Server({ a: "1" });
  const book = server.book();
  await book.load(signal);
  book.act("typed", [edit("a", "2")]);
  await book.load(signal);
  expect(price(book, "a")).toBe("2");
  await vi.advanceTimersByTimeAsync(1000);
  await book.load(signal);
  expect(price(book, "a")).toBe("2");
});
