// What goes to paper: lists with every row and no frame around them, an order, and the very PDF of a quotation.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { equal, expect } from "../lib/expect.mjs";
import { customer, issued, priceList, read, sellable } from "../lib/office.mjs";
import { PC } from "../lib/world.mjs";

const run = promisify(execFile);

/** Lets `window.print` only be counted, since nobody is there to answer its dialog. */
const countPrints = (page) =>
  page.addInitScript(() => {
    globalThis.prints = 0;
    globalThis.print = () => {
      globalThis.prints += 1;
    };
  });

const printed = (page) => page.waitForFunction(() => globalThis.prints > 0);

/** The page as it comes out of the printer: its text by pages, and the size of the first page in points. */
async function paper(world, page, name) {
  const path = join(world.program.folder, `${name}.pdf`);
  await writeFile(path, await page.pdf({ preferCSSPageSize: true }));
  const text = (await run("pdftotext", ["-layout", path, "-"])).stdout;
  const info = (await run("pdfinfo", [path])).stdout;
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info);
  await run("pdftoppm", ["-png", "-r", "60", "-f", "1", "-l", "1", path, join(world.pictures, name)]);
  return { pages: text.split("\f").filter((one) => one.trim() !== ""), wide: Number(width) > Number(height) };
}

/** Nothing that one presses, and on every page with rows what the columns are; the sum may stand on a page of its own. */
function isClean(pages, head, what) {
  for (const [at, text] of pages.entries()) {
    const onlySum = at > 0 && text.trim().split("\n").length < 3;
    for (const word of onlySum ? [] : head) expect(text.includes(word), `page ${at + 1} of ${what} begins with ${word}`);
    for (const word of ["设计台", "搜索或跳转", "新建", "导出 Excel", "加载更多"])
      expect(!text.includes(word), `page ${at + 1} of ${what} carries ${word}`);
  }
}

const LISTS = [
  { path: "/quotes", api: "/api/quotes", head: ["单号", "客户", "状态"], key: (row) => row.number, name: "print-quotes" },
  { path: "/orders", api: "/api/orders", head: ["订单号", "客户"], key: (row) => row.number, name: "print-orders" },
  { path: "/customers", api: "/api/customers", head: ["名称"], key: (row) => row.name, name: "print-customers" },
  { path: "/products", api: "/api/products", head: ["编码"], key: (row) => row.code, name: "print-products" },
];

async function lists(world) {
  const page = await world.person("老板", PC);
  await countPrints(page);
  for (const { path, api, head, key, name } of LISTS) {
    await page.goto(path);
    await page.getByRole("button", { name: "打印这张列表" }).click();
    await printed(page);
    const { pages, wide } = await paper(world, page, name);
    expect(wide, `${name} lies on its side`);
    isClean(pages, head, name);
    const wanted = await rows(page, api);
    const text = pages.join("\n").replaceAll(/\s/g, "");
    const missing = wanted.map(key).filter((one) => one && !text.includes(one.replaceAll(/\s/g, "")));
    equal(missing.length, 0, `rows of ${wanted.length} that ${name} lacks, such as ${missing[0]}`);
  }
}

async function rows(page, api) {
  const all = [];
  for (let after = ""; ; ) {
    const list = await read(page, `${api}?limit=100${after}`);
    all.push(...list.items);
    if (list.next === null) return all;
    after = `&after=${encodeURIComponent(list.next)}`;
  }
}

async function priceListInForce(world) {
  const page = await world.person("总部运营", PC);
  await countPrints(page);
  const item = await priceList(page);
  await page.goto(`/config/items/${item.id}`);
  await page.getByRole("button", { name: "打印这张列表" }).click();
  await printed(page);
  const { pages } = await paper(world, page, "print-price-list");
  isClean(pages, [], "the price list");
  const wanted = await rows(page, `/api/config/items/${item.id}/rows`);
  const text = pages.join("\n");
  const codes = wanted.map((row) => /[A-Z]{2}\d{4}/.exec(JSON.stringify(row))?.[0]).filter(Boolean);
  expect(codes.length > 50, "rows of the price list");
  equal(codes.filter((code) => !text.includes(code)).length, 0, `prices of ${codes.length} that are not on paper`);
}

async function documents(world) {
  const page = await world.person("销售", PC);
  await countPrints(page);
  const quote = await issued(world, page, (await customer(page)).id, await sellable(page, 3), "10");
  await page.goto(`/quotes/${quote.id}`);
  const opened = page.waitForEvent("popup").then(() => "popup");
  const framed = page.locator(`iframe[src="/api/quotes/${quote.id}/pdf"]`).waitFor({ state: "attached" }).then(() => "frame");
  await page.getByRole("button", { name: "打印", exact: true }).click();
  // A browser that shows no PDF by itself opens it, so that it can be printed from there.
  expect(["popup", "frame"].includes(await Promise.any([opened, framed])), "the sealed PDF goes to the printer");
  for (const late of [opened, framed]) late.catch(() => undefined);
  const [order] = (await read(page, "/api/orders?limit=1")).items;
  await page.goto(`/orders/${order.id}`);
  await page.getByRole("button", { name: "打印", exact: true }).click();
  await printed(page);
  const { pages } = await paper(world, page, "print-order");
  isClean(pages, [], "the order");
  const full = await read(page, `/api/orders/${order.id}`);
  for (const fact of [full.customer.name, full.lines[0].product.code])
    expect(pages[0].includes(fact), `the first page says ${fact}`);
  for (const line of full.lines) expect(pages.join("").includes(line.product.code), `the order lists ${line.product.code}`);
  expect(pages[0].includes("打印于"), "who printed it and when");
}

export const stories = [
  { name: "lists go to paper with all their rows and nothing around them", run: lists },
  { name: "the price list in force goes to paper", run: priceListInForce },
  { name: "a quotation is printed as its PDF, and an order as it stands", run: documents },
];
