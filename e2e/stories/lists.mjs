// A region's own list inside HQ's corridor, a contract, who pays what, and a customer's own codes.
import { equal, expect } from "../lib/expect.mjs";
import { bringOut, customer, putRows, read, sellable, send } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

/** Puts rows into a draft as the grid would. */
async function put(world, page, draftId, rows) {
  const draft = await read(page, `/api/config/drafts/${draftId}`);
  await putRows(world, page, draft, rows);
}

async function insideTheCorridor(world) {
  const manager = await world.person("区域经理", PC);
  // A product of its own: a region's price comes before the list that other stories publish.
  const product = (await sellable(manager, 12)).at(-1);
  const list = Number(product.price.unit_price);
  await manager.getByRole("link", { name: "设计台" }).click();
  await manager.getByRole("button", { name: "新建价目表" }).click();
  const sheet = manager.getByRole("dialog");
  await sheet.getByRole("button", { name: "新建", exact: true }).click();
  await sheet.getByText("请写名称").waitFor();
  await sheet.getByRole("textbox", { name: "名称" }).fill("苏州冬季价");
  await world.look(manager, "list-new");
  await sheet.getByRole("button", { name: "新建", exact: true }).click();
  await manager.waitForURL(/\/config\/drafts\/\d+/);
  const draftId = Number(/drafts\/(\d+)/.exec(manager.url())[1]);
  await put(world, manager, draftId, [
    { key: null, content: { product: product.id, price: (list * 0.8).toFixed(2) } },
  ]);
  await manager.reload();
  await manager.getByRole("tab", { name: /检查/ }).click();
  await manager.getByText(/走廊是 \d+%–\d+%。请改到走廊以内/).waitFor();
  await world.look(manager, "list-outside");
  await put(world, manager, draftId, [
    { key: product.code, content: { product: product.id, price: (list * 0.97).toFixed(2) } },
  ]);
  await manager.reload();
  await manager.getByRole("tab", { name: "编辑" }).click();
  await manager.getByRole("button", { name: /价目表设置/ }).click();
  await manager.getByRole("dialog").getByText(/只给本大区的客户/).waitFor();
  await world.look(manager, "list-settings");
  await manager.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await manager.getByRole("button", { name: "加公式或整类价" }).click();
  await world.look(manager, "list-rule");
  await manager.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await publish(world, manager, draftId);
  const seller = await world.person("销售", PC);
  const who = await customer(seller);
  await whoPaysWhat(world, seller, product, who, "苏州冬季价");
}

/** Head office confirms and publishes what the region drafted. */
async function publish(world, author, draftId) {
  await send(world, author, `/api/config/drafts/${draftId}/submit`, { effective_at: null, note: "冬季让利" });
  const second = await world.person("总部运营", PC);
  await bringOut(world, second, draftId);
}

async function whoPaysWhat(world, page, product, who, listName) {
  await page.goto(`/products/${product.id}`);
  await page.getByRole("combobox", { name: "搜索名称、联系人" }).fill(who.name);
  await page.getByRole("option", { name: who.name }).first().click();
  const answer = await read(page, `/api/products/${product.id}/answer?customer=${who.id}`);
  expect(answer.line.trace[0].sentence.includes(listName), "the region's list gives the price");
  expect(answer.alternatives.some((it) => it.reason === "有更优先的价"), "HQ's price is named as not used");
  await page.getByText(answer.line.trace[0].sentence).first().waitFor();
  await page.getByText("有更优先的价").first().waitFor();
  await world.look(page, "price-answer");
  const paid = await read(page, `/api/products/${product.id}/paid`);
  expect(paid.prices.some((it) => it.list_name === listName && it.customers > 0), "somebody pays by it");
}

async function ownCodes(world) {
  const page = await world.person("销售", PC);
  const who = await customer(page);
  const [first, second] = await sellable(page, 2);
  await page.goto(`/customers/${who.id}?tab=codes`);
  await page.getByRole("button", { name: "粘贴一批" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("textbox").fill(`E2E-01\t${first.code}\nE2E-02\t没有这个货`);
  await sheet.getByRole("button", { name: "保存" }).click();
  await sheet.getByText(/没有编码是「没有这个货」的商品/).waitFor();
  await world.look(page, "codes-refused");
  await sheet.getByRole("textbox").fill(`E2E-01\t${first.code}\nE2E-02\t${second.code}`);
  await sheet.getByRole("button", { name: "保存" }).click();
  await page.getByRole("textbox", { name: `${first.name} 的客户编码` }).first().waitFor();
  await world.look(page, "codes");
  const found = await read(page, `/api/products?q=e2e-01&customer=${who.id}`);
  equal(found.items[0]?.id, first.id, "the product that the customer's code finds");
  equal(found.items[0]?.customer_code, "E2E-01", "as the customer writes it");
  const phone = await world.person("销售", PHONE);
  await phone.goto(`/customers/${who.id}?tab=codes`);
  await phone.getByText("E2E-01").or(phone.locator('input[value="E2E-01"]')).first().waitFor();
  await world.look(phone, "codes-phone");
}

async function outToExcelAndBack(world) {
  const page = await world.person("总部运营", PC);
  const items = (await read(page, "/api/config/items?kind=price_list")).items;
  const list = items.find((it) => it.about.startsWith("区域价目表"));
  expect(list, "there is a region's list");
  const answer = await page.request.get(`/api/config/items/${list.id}/export`);
  expect(answer.ok(), `the list goes out: ${answer.status()}`);
  const buffer = await answer.body();
  await page.goto(`/config/items/${list.id}`);
  await page.getByRole("link", { name: "导出 Excel" }).waitFor();
  await world.look(page, "list-item");
  const phone = await world.person("总部运营", PHONE, { path: `/config/items/${list.id}` });
  await phone.getByRole("button", { name: "更多操作" }).tap();
  await phone.getByRole("button", { name: "改名" }).waitFor();
  await world.look(phone, "list-item-more");
  await page.getByRole("button", { name: "改一版" }).click();
  await page.waitForURL(/\/config\/drafts\/\d+/);
  await page.getByRole("tab", { name: "从 Excel 导入" }).click();
  const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  await page.locator('input[type="file"]').setInputFiles({ name: `${list.name}.xlsx`, mimeType, buffer });
  await page.getByText("和草稿一样，没有改动。").waitFor();
  await world.look(page, "list-returned");
}

export const stories = [
  { name: "a region's list stays inside the corridor, and the price page says who pays what", run: insideTheCorridor },
  { name: "a customer's own codes are pasted, refused where they are wrong, and found", run: ownCodes },
  { name: "a price list goes out to Excel and comes back without a difference", run: outToExcelAndBack },
];
