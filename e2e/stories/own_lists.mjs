// Lists of one's own: kept from a quotation, put into another one times so many, shared, deleted and taken back.
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, read, sellable, send } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const inMenu = async (page, word) => {
  await page.getByRole("button", { name: "快速加入" }).click();
  await page.getByRole("button", { name: word, exact: true }).click();
};

/** Two lines and freight become a list; in the next draft three times as much stands there, and the freight is asked. */
async function keptAndFilled(world) {
  const page = await world.person("销售", PC);
  const products = await sellable(page, 2);
  const who = await customer(page);
  const own = { kind: "freight", name: "送货到工地", price: "300" };
  const lines = products.map((product, at) => ({
    id: `line-${at}`,
    product_id: product.id,
    qty: "5",
    unit: product.base_unit,
    group: "主卧",
  }));
  lines.push({ id: "freight", product_id: 0, qty: "1", unit: "车", own });
  const source = await send(world, page, "/api/quotes", { customer_id: who.id, lines });
  await page.goto(`/quotes/${source.id}`);
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("button", { name: "存为常用清单" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "保存", exact: true }).click();
  await sheet.getByText("请写清单名称").waitFor();
  await sheet.getByRole("textbox", { name: "清单名称" }).fill("三居室墙面");
  await sheet.getByRole("textbox", { name: /多少平方米的用量/ }).fill("100");
  await world.look(page, "set-save");
  await sheet.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText("已存为「三居室墙面」").waitFor();
  const made = await draft(world, page, who.id, []);
  await page.goto(`/quotes/${made.id}`);
  await page.getByRole("button", { name: "快速加入" }).click();
  await world.look(page, "quick-menu");
  await page.getByRole("button", { name: "常用清单", exact: true }).click();
  await world.look(page, "sets");
  await page.getByRole("button", { name: /^三居室墙面 / }).click();
  const fill = page.getByRole("dialog");
  await fill.getByRole("textbox", { name: "几套" }).fill("3");
  await fill.getByText("15 ").first().waitFor();
  await fill.getByText("清单不记价格，请写单价").waitFor();
  await world.look(page, "set-fill");
  await fill.getByRole("button", { name: "按面积" }).click();
  await fill.getByRole("textbox", { name: "多少平方米" }).fill("121");
  await fill.getByText("7 ").first().waitFor();
  await fill.getByRole("textbox", { name: "送货到工地 的单价（元）" }).fill("350");
  await fill.getByRole("button", { name: "加入 3 行" }).click();
  await page.getByText("已保存").first().waitFor();
  const saved = await read(page, `/api/quotes/${made.id}`);
  equal(saved.lines.map((line) => Number(line.qty)).join(), "7,7,2", "121 ㎡ of a list for 100, rounded up");
  equal(saved.lines[0].group, "主卧", "the room comes along");
  equal(Number(saved.lines[2].own.price), 350, "the price that was written for this customer");
  await page.getByRole("button", { name: "撤销", exact: true }).first().click();
  await page.waitForFunction(
    async (id) => (await (await fetch(`/api/quotes/${id}`)).json()).lines.length === 0,
    made.id,
  );
}

/** A list that is shared stands among those of a colleague; deleted it goes, and undo brings it back. */
async function sharedAndTakenBack(world) {
  const seller = await world.person("销售", PHONE);
  const who = await customer(seller);
  const made = await draft(world, seller, who.id, await sellable(seller, 2));
  const body = { name: "卫生间防水", quote_id: made.id, shared: true };
  const set = await send(world, seller, "/api/quote-sets", body);
  const manager = await world.person("区域经理", PC);
  const seen = (await read(manager, "/api/quote-sets")).items.find((it) => it.id === set.id);
  expect(seen && !seen.mine && seen.may_change, "whoever looks after the region sees what is shared there");
  await seller.goto(`/quotes/${made.id}`);
  await inMenu(seller, "常用清单");
  await world.look(seller, "sets-phone");
  await seller.getByRole("button", { name: /^卫生间防水/ }).tap();
  await seller.getByRole("button", { name: "加入 2 行" }).waitFor();
  await world.look(seller, "set-fill-phone");
  await seller.getByRole("button", { name: "返回清单" }).tap();
  await seller.getByRole("button", { name: "清单 卫生间防水 的更多操作" }).tap();
  await seller.getByRole("button", { name: "改名、面积、共用" }).tap();
  await seller.getByRole("textbox", { name: "清单名称" }).fill("卫生间防水两道");
  await world.look(seller, "set-edit-phone");
  await seller.getByRole("button", { name: "保存", exact: true }).tap();
  await seller.getByRole("button", { name: "清单 卫生间防水两道 的更多操作" }).tap();
  await seller.getByRole("button", { name: "删除", exact: true }).tap();
  await seller.getByText("已删除「卫生间防水两道」").waitFor();
  expect(!(await read(manager, "/api/quote-sets")).items.some((it) => it.id === set.id), "it is gone for all");
  await seller.getByRole("status").getByRole("button", { name: "撤销", exact: true }).tap();
  await seller.getByRole("button", { name: /^卫生间防水两道/ }).waitFor();
}

/** Customers have views, columns and an export like quotations; the lost ones are exactly those that are counted. */
async function customersAndLost(world) {
  const page = await world.person("销售", PC, { path: "/customers" });
  await page.getByRole("button", { name: "列", exact: true }).click();
  await page.getByRole("checkbox", { name: "城市" }).uncheck();
  await page.getByRole("checkbox", { name: "编号" }).check();
  await world.look(page, "customers-columns");
  await page.getByRole("dialog").getByRole("button", { name: "关闭" }).last().click();
  await page.getByRole("button", { name: "存为视图" }).click();
  await page.getByRole("textbox", { name: "视图名称" }).fill("我的客户");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByRole("button", { name: "我的客户", exact: true }).waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "导出 Excel" }).click(),
  ]);
  equal(file.suggestedFilename(), "customers.xlsx", "the exported file");
  await world.look(page, "customers-view");
  const manager = await world.person("区域经理", PC, { path: "/conversion" });
  const asked = await read(manager, "/api/insights/conversion?by=person");
  for (const row of asked.items.filter((it) => it.lost.count > 0)) {
    const query = `state=cancelled&lost=any&owner=${row.id}&from=${asked.from}&to=${asked.to}`;
    const list = await read(manager, `/api/quotes?${query}`);
    equal(list.total.count, row.lost.count, `lost quotations of ${row.name}`);
  }
  await manager.goto("/quotes?state=cancelled&lost=any");
  await manager.getByRole("button", { name: /丢单/ }).first().waitFor();
  await world.look(manager, "lost-list");
}

export const stories = [
  { name: "lines are kept as a list, and stand in another draft times so many", run: keptAndFilled },
  { name: "a list is shared with the region, renamed, deleted and taken back on a phone", run: sharedAndTakenBack },
  { name: "customers have views, columns and an export, and the lost ones are those that are counted", run: customersAndLost },
];
