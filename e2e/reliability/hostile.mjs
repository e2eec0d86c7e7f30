// Files as nobody should send them: refused in words or read, with memory bounded and everybody else served.
import { randomUUID } from "node:crypto";
import { peopleAt } from "./lib/company.mjs";
import { forgetPeak, must, peakMemory, waitFor } from "./lib/machine.mjs";
import { POSTGRES, SQLITE } from "./lib/places.mjs";
import { serve } from "./lib/server.mjs";
import { bomb, farApart, liar, locked, workbook, zip, zipLocked } from "./lib/sheets.mjs";

export const name = "hostile";
const CHINESE = /[\u4e00-\u9fff]/;
/** What reading one file may add to the memory of the program, in MiB. */
const MORE_MIB_MAX = 160;
const TEN_MB = 10 << 20;

const price = ["编码", "品名", "单价"];

/** Name, bytes, and whether it may be read after all. */
const FILES = [
  ["压缩炸弹 600 MB.xlsx", () => bomb(600)],
  ["说小了 250 MB.xlsx", () => liar(250)],
  ["两个格子隔得最远.xlsx", () => farApart(), "may be read"],
  ["一个格子 10 MB.xlsx", () => workbook([price, ["P001", "长".repeat(TEN_MB / 3), "100"]])],
  ["一个格子 10 MB.csv", () => Buffer.from(`${price.join(",")}\nP001,${"长".repeat(TEN_MB / 3)},100\n`)],
  ["加密的.xlsx", () => locked()],
  ["压缩包加密.xlsx", () => zipLocked()],
  [
    "改了名的程序.xlsx",
    () => Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01", "latin1"), Buffer.alloc(4_000, 7)]),
  ],
  ["改了名的压缩包.xlsx", () => zip([{ name: "照片.txt", content: Buffer.from("不是表格") }])],
  [
    "改了名的图片.csv",
    () => Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(2_000, 3)]),
  ],
  ["截断的.xlsx", () => workbook([price, ["P001", "外墙乳胶漆1号", "101"]]).subarray(0, 700)],
  ["空的.xlsx", () => Buffer.alloc(0)],
  ["零字节一千万.csv", () => Buffer.alloc(TEN_MB)],
  ["一行一百万列.csv", () => Buffer.from(`${",".repeat(1_000_000)}\n`), "may be read"],
];

export async function* run(world) {
  for (const engine of world.long ? [SQLITE, POSTGRES] : [SQLITE]) yield await onEngine(world, engine);
}

async function onEngine(world, engine) {
  const { place, kept } = await world.templates.company(engine);
  const server = await serve(world.program, place);
  const seen = { refused: 0, read: 0, more: 0, worst: "", waited: 0 };
  try {
    const company = peopleAt(server.base, kept);
    const { operations } = company;
    const [item] = (await operations.get("/api/config/items?kind=price_list")).items;
    const draft = await operations.post(`/api/config/items/${item.id}/drafts`, { title: "外来的文件" });
    // What every file needs, fonts and tables of names among it, is in memory before the first hostile one.
    await bring(
      operations,
      draft,
      "好的.xlsx",
      workbook([price, ["P001", "外墙乳胶漆1号", "101"]]),
      seen,
      true,
    );
    seen.read = 0;
    for (const [name, make, may] of FILES)
      await one(server, company, draft, [name, make(), may !== undefined], seen);
    must(server.ended === null, "the program ended");
    must((await operations.get(`/api/config/drafts/${draft.id}`)).id === draft.id, "the draft is gone");
  } catch (error) {
    error.message += `\n${server.told().slice(-1_500)}`;
    throw error;
  } finally {
    await server.kill();
    await place.drop();
  }
  return {
    engine,
    result: `${FILES.length} files (zip bomb of 600 MB, one that lies of its size, encrypted, renamed, cut, empty, 10 MB in one cell, a million columns): ${seen.refused} refused in words, ${seen.read} read; at most ${seen.more.toFixed(0)} MiB more memory (${seen.worst}), others waited at most ${seen.waited} ms`,
  };
}

/** One file, the memory that it took, and how long others waited meanwhile. */
async function one(server, company, draft, [name, bytes, mayBeRead], seen) {
  await forgetPeak(server.pid);
  const before = await peakMemory(server.pid);
  let over = false;
  const others = (async () => {
    while (!over) {
      const began = Date.now();
      await company.sellers[0].get("/api/quotes?limit=5");
      seen.waited = Math.max(seen.waited, Date.now() - began);
    }
  })();
  others.catch(() => {});
  await bring(company.operations, draft, name, bytes, seen, mayBeRead);
  over = true;
  await others;
  const more = (await peakMemory(server.pid)) - before;
  if (more > seen.more) Object.assign(seen, { more, worst: name });
  must(more <= MORE_MIB_MAX, `${name} took ${more.toFixed(0)} MiB`);
}

/** Hands a file in and brings it beside the draft; what becomes of it is said. */
async function bring(person, draft, name, bytes, seen, mayBeRead) {
  const headers = { "x-file-name": encodeURIComponent(name), "content-type": "application/octet-stream" };
  const kept = await person.send("POST", "/api/files", { bytes, headers, key: randomUUID() });
  if (kept.status >= 300) return refused(name, kept, seen);
  const begun = await person.send("POST", `/api/config/drafts/${draft.id}/imports`, {
    body: { file: kept.json.file, supplier: "" },
    key: randomUUID(),
  });
  if (begun.status >= 300) return refused(name, begun, seen);
  const read = await waitFor(
    `${name} to be read`,
    async () => {
      const now = await person.get(`/api/config/imports/${begun.json.id}`);
      return now.state !== "reading" && now;
    },
    { within: 60_000, every: 30 },
  );
  if (read.state === "failed")
    must(CHINESE.test(read.failure), `${name} failed without words: ${read.failure}`);
  must(read.state === "failed" || mayBeRead, `${name} was read: ${JSON.stringify(read.preview?.tally)}`);
  seen[read.state === "failed" ? "refused" : "read"] += 1;
  if (process.env.HARNESS_TELLS) console.log(`  ${name}: ${read.state} ${read.failure ?? ""}`);
}

function refused(name, answer, seen) {
  const { status, json } = answer;
  must(status >= 400 && status < 500, `${name}: ${status} ${answer.text}`);
  must(CHINESE.test(json?.detail ?? ""), `${name} was refused without words: ${answer.text}`);
  seen.refused += 1;
  if (process.env.HARNESS_TELLS) console.log(`  ${name}: ${status} ${json.detail}`);
}
