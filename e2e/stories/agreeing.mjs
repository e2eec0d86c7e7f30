// What is agreed by hand: a price beyond the limit goes to the manager; 抹零 and terms stand on the paper.
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, read, sellable } from "../lib/office.mjs";
import { issue, labelOf, readPdf, saved } from "../lib/quoting.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const SITE = "园区星湖街 218 号";
const WHY = "老客户竞标，下月还有二期";

const agreeing = (size, device) => async (world) => {
  const page = await world.person("销售", size);
  const who = await customer(page);
  const [product] = await sellable(page, 1);
  const made = await draft(world, page, who.id, [product]);
  await page.goto(`/quotes/${made.id}`);
  await page.getByText("你的改价权限").waitFor();
  await lowers(page, product, "8");
  await page.getByText(/你最多可以让 5%/).first().waitFor();
  await world.look(page, `agree-beyond-${device}`);
  await terms(world, page, device);
  await saved(page);
  const still = await read(page, `/api/quotes/${made.id}`);
  equal(still.can_issue, false, "whether a seller may issue it");
  expect(still.problems.some((it) => it.code === "beyond_limit"), "the limit is named as what hinders");
  await asks(world, page, device);
  const manager = await takesOver(world, made.id, size, device);
  await rounds(world, manager, device);
  const quote = await issue(manager);
  equal(quote.state, "issued", "state after the manager issued it");
  expect(Number(quote.rounding_off) > 0, "抹零 is a row of its own");
  expect(/0$/.test(quote.totals.net.split(".")[0]) && quote.totals.net.endsWith(".00"), `${quote.totals.net} is round`);
  await world.look(manager, `agree-issued-${device}`);
  const pdf = await readPdf(manager, quote, world.program.folder);
  const solid = pdf.text.replace(/\s+/g, "");
  for (const part of ["抹零", "交货与结算", SITE.replace(/\s+/g, ""), "款到发货", "订金30%"]) {
    expect(solid.includes(part), `the PDF says ${part}`);
  }
  await page.goto(`/quotes/${made.id}`);
  await page.getByText(SITE).first().waitFor();
  equal(await page.getByText("毛利").count(), 0, "margins that a seller sees");
};

/** So many percent off one line. */
async function lowers(page, product, percent) {
  await page.getByRole("button", { name: `改价、分组：${labelOf(product)}` }).click();
  const sheet = page.getByRole("dialog", { name: "改价和分组" });
  await sheet.getByLabel("怎么改").selectOption("percent_off");
  await sheet.getByLabel("减百分之几").fill(percent);
  await sheet.getByRole("button", { name: "确定" }).click();
  await sheet.waitFor({ state: "hidden" });
}

async function terms(world, page, device) {
  await page.getByRole("button", { name: "填写" }).click();
  const sheet = page.getByRole("dialog", { name: "交货与结算" });
  await sheet.getByLabel("工地地址").fill(SITE);
  await sheet.getByLabel("付款方式").selectOption("prepaid");
  await sheet.getByLabel("订金", { exact: true }).selectOption("percent");
  await sheet.getByLabel("订金百分之几").fill("30");
  await world.look(page, `agree-terms-${device}`);
  await sheet.getByRole("button", { name: "确定" }).click();
  await sheet.waitFor({ state: "hidden" });
  await page.getByText(SITE).waitFor();
}

/** Asks the nearest who may, with a reason, and waits. */
async function asks(world, page, device) {
  await page.getByRole("button", { name: /^请.+处理$/ }).click();
  const sheet = page.getByRole("dialog", { name: "请人处理这张草稿" });
  await sheet.getByRole("button", { name: "发给他" }).click();
  await sheet.getByText("请写原因").waitFor();
  await sheet.getByLabel("为什么要让到这个价").fill(WHY);
  await world.look(page, `agree-ask-${device}`);
  await sheet.getByRole("button", { name: "发给他" }).click();
  await page.getByText(/^已请.+处理，在等回复$/).waitFor();
  await page.getByRole("button", { name: "收回" }).waitFor();
  await world.look(page, `agree-asked-${device}`);
}

/** The manager of the region sees in his day that he is asked, opens the draft and goes on with it. */
async function takesOver(world, id, size, device) {
  const own = (await world.accounts()).filter((it) => it.role_name === "区域经理");
  for (const nth of own.keys()) {
    const manager = await world.person("区域经理", size, { nth });
    const answer = await manager.request.get(`/api/quotes/${id}`);
    if (!answer.ok()) continue;
    await manager.goto("/");
    await manager.locator(`a[href="/quotes/${id}"]`, { hasText: WHY }).waitFor();
    await world.look(manager, `agree-asked-today-${device}`);
    await manager.locator(`a[href="/quotes/${id}"]`).click();
    await manager.getByText(/请你处理这张草稿/).waitFor();
    await manager.getByRole("button", { name: "接手" }).click();
    await manager.getByText("已接手").first().waitFor();
    await manager.getByText(/的草稿，你接手了/).waitFor();
    await manager.getByText(WHY).first().waitFor();
    await manager.getByRole("button", { name: "退回", exact: true }).waitFor();
    await manager.getByText("毛利").first().waitFor();
    await world.look(manager, `agree-taken-${device}`);
    return manager;
  }
  throw new Error("no manager sees the draft");
}

async function rounds(world, page, device) {
  await page.getByRole("button", { name: "整单优惠、抹零" }).click();
  const sheet = page.getByRole("dialog", { name: "整单优惠和抹零" });
  await sheet.getByRole("button", { name: "抹到十元" }).click();
  await world.look(page, `agree-rounding-${device}`);
  await sheet.getByRole("button", { name: "确定" }).click();
  await sheet.waitFor({ state: "hidden" });
  await saved(page);
}

/** Freight, and goods that stand in no catalogue, in a room. */
async function outsideTheCatalogue(world) {
  const page = await world.person("销售", PC);
  const who = await customer(page);
  const made = await draft(world, page, who.id, await sellable(page, 1));
  await page.goto(`/quotes/${made.id}`);
  await page.getByRole("button", { name: "加运费、加工或目录外商品" }).click();
  const sheet = page.getByRole("dialog", { name: "服务或目录外商品" });
  await sheet.getByLabel("单价（元，含税）").fill("300");
  await sheet.getByRole("button", { name: "确定" }).click();
  await sheet.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "加运费、加工或目录外商品" }).click();
  await sheet.getByLabel("是什么").selectOption("goods");
  await sheet.getByLabel("名称").fill("进口岩板");
  await sheet.getByLabel("单价（元，含税）").fill("880");
  await sheet.getByRole("button", { name: "确定" }).click();
  await sheet.getByText("请填写").first().waitFor();
  await world.look(page, "own-missing");
  await sheet.getByLabel("进货成本").fill("600");
  await sheet.getByLabel("供应商").fill("某某石材");
  await sheet.getByLabel("房间或部位").fill("客厅");
  await sheet.getByRole("button", { name: "确定" }).click();
  await sheet.waitFor({ state: "hidden" });
  await page.getByText("客厅 小计").waitFor();
  await world.look(page, "own-lines");
  const quote = await issue(page);
  equal(quote.lines.length, 3, "lines of the quotation");
  const pdf = await readPdf(page, quote, world.program.folder);
  for (const part of ["运费", "进口岩板", "小计"]) expect(pdf.text.includes(part), `the PDF says ${part}`);
  expect(!pdf.text.includes("某某石材"), "the supplier stays ours");
}

export const stories = [
  { name: "what goes beyond the limit is taken over by the manager, on a PC", run: agreeing(PC, "pc") },
  { name: "what goes beyond the limit is taken over by the manager, on a phone", run: agreeing(PHONE, "phone") },
  { name: "freight and goods outside the catalogue stand on the paper", run: outsideTheCatalogue },
];
