// Strangers see nothing; other regions see that there is nothing.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { equal, expect } from "../lib/expect.mjs";
import { customer, issued, read, sellable } from "../lib/office.mjs";
import { readPdf } from "../lib/quoting.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const run = promisify(execFile);

/** A quotation of another region than the first salesperson's. */
async function foreignQuote(world, seller) {
  const boss = await world.person("老板", PC);
  const mine = new Set((await read(seller, "/api/quotes?limit=200")).items.map((it) => it.id));
  const all = (await read(boss, "/api/quotes?limit=200")).items;
  const foreign = all.find((it) => !mine.has(it.id) && it.number !== null);
  expect(foreign, "somebody else has issued a quotation");
  return foreign;
}

async function otherRegion(world) {
  const seller = await world.person("销售", PHONE);
  const foreign = await foreignQuote(world, seller);
  equal((await seller.request.get(`/api/quotes/${foreign.id}`)).status(), 404, "reading a foreign quotation");
  equal((await seller.request.get(`/api/quotes/${foreign.id}/pdf`)).status(), 404, "its PDF");
  equal((await world.post(seller, `/api/quotes/${foreign.id}/copy`, {})).status(), 404, "copying it");
  await seller.goto(`/quotes/${foreign.id}`);
  await seller.getByText("没有这条记录").waitFor();
  await world.look(seller, "not-found");
  await seller.goto("/config");
  await seller.getByRole("heading").first().waitFor();
  await world.look(seller, "not-allowed");
}

async function nobody(world) {
  const page = await world.stranger(PHONE);
  for (const path of ["/api/me", "/api/quotes", "/api/orders", "/api/customers", "/api/products", "/api/people", "/api/config/items"]) {
    equal((await page.request.get(path)).status(), 401, path);
  }
  await page.goto("/orders/1");
  await page.waitForURL(/\/login/);
}

async function verifying(world) {
  const seller = await world.person("销售", PC);
  const who = await customer(seller);
  const quote = await issued(world, seller, who.id, await sellable(seller, 2));
  const pdf = await readPdf(seller, quote, world.program.folder);
  const page = await world.stranger(PHONE);
  await page.goto(`/v/${quote.verify_code}`);
  await page.getByText("这张报价单是真的").waitFor();
  expect(!(await page.content()).includes(who.name), "the customer's name is masked");
  await page.locator('input[type="file"]').setInputFiles(pdf.path);
  await page.getByText("一致：这就是我们出具的原件").waitFor();
  await world.look(page, "verify-same");
  const changed = { name: "改过.pdf", mimeType: "application/pdf", buffer: Buffer.concat([pdf.bytes, Buffer.from(" ")]) };
  await page.locator('input[type="file"]').setInputFiles(changed);
  await page.getByText("不一致").waitFor();
  await world.look(page, "verify-different");
  const stored = (await read(page, `/api/public/verify/${quote.verify_code}`)).pdf_sha256;
  equal(stored, createHash("sha256").update(pdf.bytes).digest("hex"), "hash of the PDF");
  await page.goto("/v/0000000000000000");
  await page.getByText("没有这张报价单").waitFor();
  await world.look(page, "verify-unknown");
  const { stdout } = await run("pdftotext", [pdf.path, "-"]);
  expect(stdout.includes(quote.number), "the PDF's text can be taken out");
}

export const stories = [
  { name: "another region's quotation is not there, by the screen and by the API", run: otherRegion },
  { name: "who has not signed in sees nothing", run: nobody },
  { name: "whoever holds the paper can verify it without signing in", run: verifying },
];
