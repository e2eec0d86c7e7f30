// A salesperson makes a quotation of five lines, on a phone and on a PC; the customer signs it.
import { settle } from "../lib/look.mjs";
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, issued, read, sellable } from "../lib/office.mjs";
import { fillByKeyboard, fillByThumb, issue, labelOf, readPdf, saveSigned, sign } from "../lib/quoting.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const LINES = 5;

const quoting = (size, fill, device) => async (world) => {
  const page = await world.person("销售", size);
  const who = await customer(page);
  const products = await sellable(page, LINES);
  await page.goto("/");
  const began = Date.now();
  await fill(page, who.name, products);
  // Prices that are being worked out are faint: the picture is of those that stand.
  await page.getByText("已保存").first().waitFor();
  await world.look(page, `quote-lines-${device}`);
  if (size === PHONE) await page.getByRole("button", { name: /完成/ }).tap();
  await writeNote(page, products[0]);
  await page.getByText("已保存").first().waitFor();
  await world.look(page, `quote-draft-${device}`);
  await lookAtTrace(world, page, products[0], device);
  const quote = await issue(page);
  const seconds = (Date.now() - began) / 1000;
  world.say(`${LINES} lines, ${device}: ${seconds.toFixed(0)} s from 新建报价 to the PDF, pictures taken on the way`);
  await world.look(page, `quote-issued-${device}`);
  equal(quote.lines.length, LINES, "lines of the quotation");
  await pdfIsSealed(world, page, quote);
  await signIt(world, page, quote, device);
};

const NOTE = "分两车";

async function writeNote(page, product) {
  const named = labelOf(product);
  await page.getByRole("button", { name: `给 ${named} 写备注` }).click();
  await page.getByRole("textbox", { name: `${named} 备注` }).fill(NOTE);
  await page.keyboard.press("Enter");
}

async function lookAtTrace(world, page, product, device) {
  await page.getByRole("button", { name: `${labelOf(product)}：为什么是这个价` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await world.look(page, `quote-why-${device}`);
  await dialog.getByRole("button", { name: "关闭" }).click();
  await dialog.waitFor({ state: "hidden" });
}

async function pdfIsSealed(world, page, quote) {
  const pdf = await readPdf(page, quote, world.program.folder);
  equal(pdf.type, "application/pdf", "type of the PDF");
  expect(pdf.text.includes(quote.number), `the PDF names ${quote.number}`);
  expect(pdf.text.includes(quote.customer.name), "the PDF names the customer");
  expect(/[元角分整]/.test(pdf.text), "the PDF writes the total in 人民币大写");
  for (const line of quote.lines) expect(pdf.text.includes(line.product.code), `the PDF lists ${line.product.code}`);
  expect(pdf.text.includes(NOTE), "the PDF prints the note of the first line");
  expect(pdf.sealed, "the PDF carries the seal, a picture with transparency");
}

async function signIt(world, page, quote, device) {
  await sign(page);
  await world.look(page, `sign-${device}`);
  await saveSigned(page);
  await page.getByText(quote.customer.name).first().waitFor();
  await world.look(page, `order-${device}`);
  const after = await read(page, `/api/quotes/${quote.id}`);
  equal(after.state, "signed", "state of the quotation");
  equal(after.totals.net, quote.totals.net, "total of what was signed");
}

async function versionTwoTakesOver(world) {
  const page = await world.person("销售", PC);
  const who = await customer(page);
  await fillByKeyboard(page, who.name, await sellable(page, 1));
  const quote = await issue(page);
  const old = await page.context().newPage();
  await old.goto(`/quotes/${quote.id}`);
  await old.getByRole("button", { name: "客户已签，录入签约" }).waitFor();
  await page.getByRole("button", { name: "修订" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith(`/${quote.id}`));
  const newer = await issue(page);
  equal(newer.number, quote.number, "number of V2");
  equal(newer.revision, 2, "revision");
  // The tab that still shows V1 cannot sign it.
  await sign(old);
  await old.getByRole("button", { name: "保存并生成订单" }).click();
  await old.getByRole("dialog").getByRole("alert").waitFor();
  await world.look(old, "sign-superseded");
  await old.reload();
  await old.getByRole("link", { name: "打开 V2" }).waitFor();
  await world.look(old, "quote-superseded");
}

/** Back and Escape close what lies on top; what was typed beneath it stays. */
async function onlyTheTop(world) {
  const page = await world.person("销售", PHONE);
  const who = await customer(page);
  const quote = await issued(world, page, who.id, await sellable(page, 1));
  await page.goto("/quotes");
  await page.locator(`a[href$="/quotes/${quote.id}"]`).first().tap();
  await page.getByRole("button", { name: "客户已签，录入签约" }).waitFor();
  // Two taps within half a second at one place are a double tap, of which a button takes the first alone.
  await page.waitForTimeout(600);
  await page.getByRole("button", { name: "客户已签，录入签约" }).tap();
  const form = page.getByRole("dialog", { name: "录入签约" });
  await form.getByText("拍照，或选图片、文件").waitFor();
  await form.getByRole("textbox", { name: "签字人" }).fill("王建国");
  const calendar = page.getByRole("dialog", { name: "签字日期" });
  for (const close of [() => page.goBack(), () => page.keyboard.press("Escape")]) {
    await form.getByLabel("签字日期").tap();
    await calendar.waitFor();
    await world.look(page, "sign-calendar");
    await close();
    await calendar.waitFor({ state: "hidden" });
    equal(await form.getByRole("textbox", { name: "签字人" }).inputValue(), "王建国", "what was typed");
  }
  await form.getByLabel("签字日期").tap();
  await calendar.getByRole("button", { disabled: false }).filter({ hasText: /^\d+$/ }).last().tap();
  await calendar.waitFor({ state: "hidden" });
  // The signer that was typed is asked about before it is lost.
  await page.goBack();
  await page.getByRole("button", { name: "留下继续改" }).tap();
  equal(await form.getByRole("textbox", { name: "签字人" }).inputValue(), "王建国", "what was typed after staying");
  await page.goBack();
  await page.getByRole("button", { name: "丢掉并关闭" }).tap();
  await form.waitFor({ state: "hidden" });
  await page.waitForURL((url) => url.pathname.endsWith(`/quotes/${quote.id}`));
  await page.getByRole("button", { name: "客户已签，录入签约" }).waitFor();
}

/** "1 处要处理" leads to the line; back from the products leads to the draft. */
async function theLineThatHinders(world) {
  const page = await world.person("销售", PHONE);
  const who = await customer(page);
  const products = await sellable(page, 6);
  const made = await draft(world, page, who.id, products, "1");
  await page.goto("/quotes?state=draft");
  await page.locator(`a[href$="/quotes/${made.id}"]`).first().tap();
  const last = labelOf(products[5]);
  await page.getByRole("textbox", { name: `${last} 数量` }).fill("0");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "添加商品" }).tap();
  await page.getByRole("dialog").waitFor();
  await page.goBack();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  // The browser goes back first and is then brought forward again.
  await page.waitForURL((url) => url.pathname.endsWith(`/quotes/${made.id}`));
  await page.getByRole("button", { name: "添加商品" }).waitFor();
  await page.evaluate(() => window.scrollTo({ top: 0 }));
  await page.getByRole("button", { name: /处要处理/ }).tap();
  await page.locator("[data-line][data-marked]").getByText(products[5].code).waitFor();
  await world.look(page, "quote-hindered");
}

async function withoutNetwork(world) {
  for (const size of [PHONE, PC]) {
    const page = await world.person("销售", size);
    const who = await customer(page);
    const made = await draft(world, page, who.id, await sellable(page, 1));
    await page.goto(`/quotes/${made.id}`);
    const button = page.getByRole("button", { name: "出具报价单" });
    await button.and(page.locator(":enabled")).waitFor();
    await settle(page);
    await page.context().setOffline(true);
    await button.and(page.locator(":disabled")).waitFor();
    await page.getByText(/断网，不能出具|恢复以后才能出具/).waitFor();
    await world.look(page, "quote-offline");
    await page.context().setOffline(false);
    await button.and(page.locator(":enabled")).waitFor();
    await page.getByText(/断网，不能出具|恢复以后才能出具/).waitFor({ state: "hidden" });
  }
}

async function expiredGoesOn(world) {
  const page = await world.person("老板", PC);
  const all = (await read(page, "/api/quotes?state=expired&limit=50")).items;
  const quotes = await Promise.all(all.map((it) => read(page, `/api/quotes/${it.id}`)));
  const quote = quotes.find((it) => it.chain.length === 1);
  expect(quote, "an expired quotation without a later version");
  await page.goto(`/quotes/${quote.id}`);
  await page.getByText(/过期 \d+ 天/).waitFor();
  equal(await page.getByRole("button", { name: "发给客户" }).count(), 0, "ways to send what has expired");
  await page.getByRole("button", { name: "修订", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith(`/${quote.id}`));
  const next = page.url();
  await page.goto(`/quotes/${quote.id}`);
  await page.getByRole("button", { name: "继续 V2 草稿" }).waitFor();
  await world.look(page, "quote-expired-draft");
  await page.getByRole("button", { name: "继续 V2 草稿" }).click();
  await page.waitForURL(next);
}

/** Drafts, cancelled and former versions do not add up to anything. */
async function sumOfOneState(world) {
  for (const size of [PHONE, PC]) {
    const page = await world.person("老板", size, { path: "/quotes" });
    await page.getByText(/选一种状态看合计/).waitFor();
    equal(await page.getByText(/^含税合计/).count(), 0, "sums over all states");
    await page.goto("/quotes?state=issued");
    await page.getByText(/^含税合计/).waitFor();
    await world.look(page, "quotes-sum");
  }
}

export const stories = [
  { name: "back and Escape close only what lies on top", run: onlyTheTop },
  { name: "what hinders issuing is one tap away", run: theLineThatHinders },
  { name: "without the network nothing is issued, and with it again it goes on", run: withoutNetwork },
  { name: "an expired quotation is not sent, and goes on in the draft that there is", run: expiredGoesOn },
  { name: "the list of quotations sums what belongs together", run: sumOfOneState },
  { name: "a quotation of five lines by keyboard on a PC, to the signed order", run: quoting(PC, fillByKeyboard, "pc") },
  { name: "a quotation of five lines by thumb on a phone, to the signed order", run: quoting(PHONE, fillByThumb, "phone") },
  { name: "once V2 is issued, V1 cannot be signed in any tab", run: versionTwoTakesOver },
];
