// After sending: the customer opens the link on a phone and accepts by name and code; the seller pastes, follows up,
// loses, copies, keeps views and exports; the manager reads what became of it all.
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, issued, read, sellable, send } from "../lib/office.mjs";
import { onceMore, PC, PHONE } from "../lib/world.mjs";

/** Phone and desk are told apart by what the browser says of itself. */
const ANDROID =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";

const SITE = "园区星湖街 218 号";

/** The seller makes a link and a code, the customer accepts on a phone; one order comes out. */
async function acceptedOnTheLink(world) {
  const seller = await world.person("销售", PC);
  const who = await customer(seller);
  const { quote, pack } = await inBoxes(world, seller, who.id);
  await seller.goto(`/quotes/${quote.id}`);
  // No public address is set: the file is what is sent, and it is said before a link is made.
  await seller.getByText("公司的外部网址还没有设好").waitFor();
  await seller.getByRole("button", { name: "把 PDF 发给客户" }).waitFor();
  // One press makes the link; another one, after a look elsewhere, gives the same.
  await seller.getByRole("button", { name: "生成公司内的链接" }).click();
  await seller.getByText("刷新这一页以后，网址不再显示").waitFor();
  await onceMore(seller);
  await seller.getByRole("button", { name: "生成公司内的链接" }).click();
  equal((await read(seller, `/api/quotes/${quote.id}/shares`)).items.length, 1, "links after two presses");
  const link = await seller.locator("code").innerText();
  await world.look(seller, "share-link");

  const buyer = await world.stranger(PHONE, ANDROID);
  await buyer.goto(new URL(link).pathname);
  await buyer.getByRole("heading", { name: "确认这份报价" }).waitFor();
  await buyer.getByText(pack).waitFor();
  await buyer.getByText("主卫 小计").waitFor();
  await buyer.getByText(SITE).waitFor();
  await world.look(buyer, "share-page");
  expect(!(await buyer.content()).includes("底价"), "the customer sees nothing of ours");
  await lookAtShared(world, link);

  // The seller's own look counts for nothing; the customer's is seen by the seller.
  await seller.goto(new URL(link).pathname);
  await seller.getByRole("heading", { name: "确认这份报价" }).waitFor();
  await seller.goto(`/quotes/${quote.id}`);
  await seller.getByText("看过 2 次").waitFor();
  await seller.getByRole("button", { name: "给客户确认码" }).click();
  await seller.locator("[data-code]").waitFor();
  const code = (await seller.locator("[data-code]").innerText()).trim();
  await world.look(seller, "share-code");

  await buyer.getByRole("textbox", { name: "您的姓名" }).fill("王建国");
  await buyer.getByRole("textbox", { name: "6 位确认码" }).fill(code === "000000" ? "000001" : "000000");
  await buyer.getByRole("button", { name: "确认下单", exact: true }).tap();
  await buyer.getByText("还可以再试 4 次").waitFor();
  await world.look(buyer, "share-wrong-code");
  await onceMore(buyer);
  await buyer.getByRole("textbox", { name: "6 位确认码" }).fill(code);
  await buyer.getByRole("button", { name: "确认下单", exact: true }).tap();
  await buyer.getByText("已确认，谢谢您").waitFor();
  await world.look(buyer, "share-accepted");
  await buyer.reload();
  await buyer.getByText(/订单号 /).waitFor();
  const after = await read(seller, `/api/quotes/${quote.id}`);
  equal(after.state, "signed", "state of the quotation");
  equal(after.signed.signer, "王建国", "who accepted");
  // The salesperson is told: it stands on top of their day until they have opened it.
  await seller.goto("/notices");
  const told = `刚在链接上确认了报价 ${after.number}，订单 ${after.signed.order.number}`;
  await seller.getByText(told).first().waitFor();
  await seller.goto("/");
  const fresh = seller.getByRole("region", { name: /客户自己确认的/ });
  await fresh.getByText(after.signed.order.number).waitFor();
  await world.look(seller, "today-accepted");
  const seen = seller.waitForResponse((answer) => /\/api\/notices\/\d+\/read$/.test(answer.url()));
  await fresh.locator(`a[href$="/orders/${after.signed.order.id}"]`).click();
  expect((await seen).ok(), "opening it reads its message");
  await seller.getByText(/客户在链接上确认/).first().waitFor();
  await world.look(seller, "share-order");
  const { items } = await read(seller, "/api/today");
  const still = items.some((item) => item.kind === "order_accepted" && item.detail.includes(after.signed.order.number));
  expect(!still, "what was opened no longer stands on top");
}

/** An issued quotation in boxes for a room, with a site; what one box holds, as the paper says it. */
async function inBoxes(world, seller, customerId) {
  const product = (await sellable(seller, 40)).find((it) => it.units.some((one) => one.unit !== it.base_unit));
  expect(product, "a product that is sold in boxes");
  const box = product.units.find((one) => one.unit !== product.base_unit);
  const line = { product_id: product.id, qty: "3" };
  const lines = [
    { ...line, id: "a", unit: box.unit, group: "主卫" },
    { ...line, id: "b", unit: product.base_unit },
  ];
  const made = await send(world, seller, "/api/quotes", { customer_id: customerId, lines });
  const saved = await seller.request.put(`/api/quotes/${made.id}`, {
    data: { customer_id: customerId, valid_until: null, notes: "", lines, terms: { site_address: SITE } },
    headers: { "If-Match": `"${made.version}"`, Origin: world.program.base },
  });
  expect(saved.ok(), `the draft is saved: ${saved.status()} ${await saved.text()}`);
  const quote = await send(world, seller, `/api/quotes/${made.id}/issue`, { expected_net: made.totals.net });
  return { quote, pack: `1 ${box.unit} = ${box.factor} ${product.base_unit}` };
}

async function lookAtShared(world, link) {
  const desk = await world.stranger(PC);
  await desk.goto(new URL(link).pathname);
  await desk.getByRole("heading", { name: "确认这份报价" }).waitFor();
  await world.look(desk, "share-page");
  await desk.goto("/s/no-such-link");
  await desk.getByText("没有这个链接").waitFor();
  await world.look(desk, "share-missing");
}

/** A text from a chat becomes lines, looked through before they are added, and taken back in one step. */
const pasted = (size, device) => async (world) => {
  const page = await world.person("销售", size);
  const [one, two] = await sellable(page, 2);
  const made = await draft(world, page, (await customer(page)).id, []);
  await page.goto(`/quotes/${made.id}`);
  if (size === PHONE) await page.getByRole("dialog").getByRole("button", { name: "完成" }).tap();
  await page.getByRole("button", { name: "快速加入" }).click();
  await page.getByRole("button", { name: "粘贴清单" }).click();
  const text = `${one.code} 20${one.base_unit}\n要30${two.base_unit}${two.name}${two.spec}，笔记本电脑 1 台`;
  await page.getByRole("textbox", { name: "把客户发来的清单贴在这里" }).fill(text);
  await page.getByRole("button", { name: "认一认" }).click();
  await page.getByText("1 行没有找到").waitFor();
  await world.look(page, `paste-${device}`);
  await page.getByRole("button", { name: "加入 2 行" }).click();
  await page.getByText("已保存").first().waitFor();
  // What was not found stays with the draft, and is asked about before the quotation is issued.
  await page.getByText("粘贴的还有 1 行没加").waitFor();
  await page.getByRole("button", { name: "出具报价单" }).click();
  await page.getByText("还有 1 行没加，仍要出具？").waitFor();
  await world.look(page, `paste-still-${device}`);
  await page.getByRole("button", { name: "回去处理" }).click();
  equal((await read(page, `/api/quotes/${made.id}`)).state, "draft", "nothing was issued without asking");
  const saved = await read(page, `/api/quotes/${made.id}`);
  equal(saved.lines.map((line) => line.product.id).join(), [one.id, two.id].join(), "products of the pasted lines");
  equal(Number(saved.lines[0].qty), 20, "quantity of the first");
  await page.getByRole("button", { name: "撤销", exact: true }).first().click();
  await page.waitForFunction(
    async (id) => (await (await fetch(`/api/quotes/${id}`)).json()).lines.length === 0,
    made.id,
  );
  // This device keeps it with the draft over a reload.
  await page.reload();
  await page.getByText("粘贴的还有 1 行没加").waitFor();
};

/** What this customer bought last comes back with one press, with the price then and now. */
async function boughtLast(world) {
  const page = await world.person("销售", PHONE);
  const signed = (await read(page, "/api/orders?limit=1")).items[0];
  expect(signed, "the seller has an order");
  const made = await draft(world, page, signed.customer.id, []);
  await page.goto(`/quotes/${made.id}`);
  await page.getByRole("dialog").getByRole("button", { name: "完成" }).tap();
  await page.getByRole("button", { name: "快速加入" }).tap();
  await page.getByRole("button", { name: "上次同款" }).tap();
  await page.getByText(/上次 ¥|价格没变/).first().waitFor();
  await world.look(page, "bought-last");
  await page.getByRole("dialog").getByRole("button", { name: /^照上次加 / }).first().tap();
  await page.getByText("已加入").first().waitFor();
}

/** A day to ask again stands on 今天 when it comes; a loss says why, to whom and at what price. */
async function followedUpAndLost(world) {
  const page = await world.person("销售", PC);
  const quote = await issued(world, page, (await customer(page)).id, await sellable(page, 1));
  await page.goto(`/quotes/${quote.id}`);
  await page.getByRole("button", { name: "定个跟进日" }).click();
  await page.getByRole("textbox", { name: "问什么" }).fill("问封顶时间");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText("问封顶时间").waitFor();
  await world.look(page, "follow-up");
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("button", { name: "丢单了" }).click();
  await page.getByRole("button", { name: "记为丢单" }).click();
  await page.getByText("请选一个原因").waitFor();
  await page.getByRole("combobox", { name: "原因" }).selectOption("price");
  await page.getByRole("textbox", { name: "给了谁" }).fill("恒泰建材");
  await page.getByRole("textbox", { name: "对手的总价（元）" }).fill("6800");
  await world.look(page, "lose");
  await page.getByRole("button", { name: "记为丢单" }).click();
  await page.getByText("给了 恒泰建材，对方 ¥6,800.00").waitFor();
  await world.look(page, "lost");
}

/** Columns, filters and order are kept under a name; the export is what is seen. */
async function viewsAndExport(world) {
  const page = await world.person("销售", PC, { path: "/quotes?state=issued&sort=net" });
  await page.getByRole("button", { name: "列", exact: true }).click();
  await page.getByRole("checkbox", { name: "更新" }).uncheck();
  await page.getByRole("button", { name: "金额 往前" }).click();
  await world.look(page, "columns");
  await page.getByRole("dialog").getByRole("button", { name: "关闭" }).last().click();
  await page.getByRole("button", { name: "存为视图" }).click();
  await page.getByRole("textbox", { name: "视图名称" }).fill("等签回的大单");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByRole("button", { name: "等签回的大单", exact: true }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "导出 Excel" }).click(),
  ]);
  expect((await download.createReadStream()).readable, "the workbook comes");
  await world.look(page, "views");
  await page.getByRole("button", { name: "全部", exact: true }).click();
  await page.waitForURL((url) => !url.search.includes("sort"));
  await page.getByRole("button", { name: "等签回的大单", exact: true }).click();
  await page.waitForURL(/sort=net/);
}

const conversionOn = (size, device) => async (world) => {
  const page = await world.person("老板", size, { path: "/conversion" });
  await page.getByText(/成交率 [\d.]+%/).waitFor();
  await world.look(page, `conversion-${device}`);
  for (const way of ["按品类", "按月"]) {
    await page.getByRole("button", { name: way }).click();
    await page.getByRole("button", { name: way, pressed: true }).waitFor();
  }
  // On a phone the figures of a month stand behind it.
  const figures = size === PHONE ? page.locator("details[open]") : page.getByRole("cell");
  if (size === PHONE) await page.locator("details summary").first().tap();
  await figures.getByRole("link").first().click();
  await page.waitForURL(/\/quotes\?/);
};

/** The same goods for two customers at once. */
async function copiedForTwo(world) {
  const page = await world.person("销售", PC);
  const [one, two] = (await read(page, "/api/customers?limit=2")).items;
  const quote = await issued(world, page, one.id, await sellable(page, 2));
  await page.goto(`/quotes/${quote.id}`);
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("button", { name: "给几个客户各做一张" }).click();
  for (const who of [one, two]) {
    await page.getByRole("combobox", { name: "搜索名称、联系人" }).fill(who.name);
    await page.getByRole("option", { name: who.name }).first().click();
  }
  await world.look(page, "copies");
  await page.getByRole("button", { name: "做 2 张草稿" }).click();
  await page.getByText("已做好 2 张草稿").waitFor();
}

export const stories = [
  { name: "a customer accepts a quotation on its link by name and code", run: acceptedOnTheLink },
  { name: "a chat is pasted into a quotation on a PC", run: pasted(PC, "pc") },
  { name: "a chat is pasted into a quotation on a phone", run: pasted(PHONE, "phone") },
  { name: "what a customer bought last comes back with one press", run: boughtLast },
  { name: "a quotation is followed up and lost", run: followedUpAndLost },
  { name: "a view of the list is kept and exported", run: viewsAndExport },
  { name: "what became of quotations is read on a PC", run: conversionOn(PC, "pc") },
  { name: "what became of quotations is read on a phone", run: conversionOn(PHONE, "phone") },
  { name: "a quotation is copied for two customers", run: copiedForTwo },
];
