// What people look for and what they read at once: an order by its number, what a unit holds, which roles one may give.
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, read } from "../lib/office.mjs";
import { labelOf } from "../lib/quoting.mjs";
import { PC, PHONE } from "../lib/world.mjs";

/** ⌘K finds an order by number and by customer; whoever may not see it does not find it. */
async function ordersByCommand(world) {
  const page = await world.person("老板", PC, { path: "/" });
  const other = await world.person("销售", PC, { path: "/" });
  const mine = new Set((await read(other, "/api/orders?limit=200")).items.map((it) => it.id));
  const order = (await read(page, "/api/orders?limit=200")).items.find((it) => !mine.has(it.id));
  expect(order, "somebody else has an order");
  await ask(page, order.number);
  await page.getByRole("option", { name: new RegExp(`${order.number}.*${order.customer.name}`) }).waitFor();
  await world.look(page, "command-order");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/orders/${order.id}`);
  await ask(page, order.customer.name);
  await page.getByRole("option", { name: order.number }).first().waitFor();
  await ask(other, order.number);
  await other.getByText(`没有找到「${order.number}」`).waitFor();
}

async function ask(page, text) {
  await page.getByRole("navigation").first().waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /订单号/ }).fill(text);
}

/** Another unit is another quantity: what it holds and how many times as much it is stands by the line. */
const unitsOfALine = (size, device) => async (world) => {
  const page = await world.person("销售", size);
  const product = await inTwoUnits(page);
  const [base, larger] = product.units;
  const pack = `1 ${larger.unit} = ${larger.factor} ${base.unit}`;
  const made = await draft(world, page, (await customer(page)).id, [product]);
  await page.goto(`/quotes/${made.id}`);
  const unit = page.getByRole("combobox", { name: `${labelOf(product)} 单位` });
  await unit.waitFor();
  equal((await unit.locator("option").allTextContents()).join("，"), `${base.unit}，${pack}`, "units to choose");
  await unit.selectOption(larger.unit);
  await page.getByText(`换了单位，数量是原来的 ${larger.factor} 倍`).waitFor();
  await page.getByText(pack, { exact: true }).and(page.locator("span")).waitFor();
  await page.getByText("已保存").first().waitFor();
  await world.look(page, `quote-unit-${device}`);
  const saved = await read(page, `/api/quotes/${made.id}`);
  expect(Number(saved.totals.net) > Number(made.totals.net), "a larger unit costs more");
};

async function inTwoUnits(page) {
  const { items } = await read(page, "/api/products?limit=200");
  const found = items.find((it) => it.price !== null && it.units.length > 1 && /^\d+$/.test(it.units[1].factor));
  expect(found, "a product that is sold in two units");
  return found;
}

/** Personnel is offered the roles that it may give, and no others. */
async function rolesToGive(world) {
  const page = await world.person("人事", PC, { path: "/people" });
  const roles = (await read(page, "/api/roles")).items;
  await page.getByRole("button", { name: "新建人员" }).click();
  const offered = page.getByRole("dialog").getByRole("checkbox");
  await offered.first().waitFor();
  await world.look(page, "people-roles");
  equal(await offered.count(), roles.filter((role) => role.may_give).length, "roles that are offered");
  expect((await offered.count()) < roles.length, "some roles are not for personnel to give");
}

export const stories = [
  { name: "an order is found from the command bar, and only by who sees it", run: ordersByCommand },
  { name: "a larger unit says what it holds, on a PC", run: unitsOfALine(PC, "pc") },
  { name: "a larger unit says what it holds, on a phone", run: unitsOfALine(PHONE, "phone") },
  { name: "personnel is offered the roles that it may give", run: rolesToGive },
];
