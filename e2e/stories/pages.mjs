// Every page of every role, at both widths: a picture, axe, nothing too wide, nothing in the console.
import { read } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const SELLER = ["/", "/quotes", "/quotes?state=draft", "/quotes/new", "/orders", "/customers", "/products", "/me"];
const HQ = ["/", "/quotes", "/orders", "/customers", "/products", "/products/new", "/config", "/handling-time", "/me"];
const OTHERS = [
  ["区域经理", ["/", "/quotes", "/customers", "/handling-time"]],
  ["老板", ["/", "/config", "/handling-time"]],
  ["新人销售", ["/", "/quotes"]],
  ["仓管", ["/", "/orders"]],
  ["物流主管", ["/", "/orders"]],
  ["财务", ["/", "/orders", "/quotes"]],
  ["人事", ["/", "/people"]],
  ["管理员", ["/", "/people"]],
];

const nameOf = (role, path) => `${role}${path.replaceAll(/[/?=]/g, "-")}`.replace(/-$/, "-today");

async function lookAtAll(world, role, size, paths) {
  const page = await world.person(role, size);
  for (const path of paths) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await world.look(page, nameOf(role, path));
  }
}

/** The first record of a list, as a page. */
async function first(page, list, folder) {
  const [record] = (await read(page, `${list}limit=1`)).items;
  return record ? [`${folder}/${record.id}`] : [];
}

const pagesOf = (role, size, fixed, records) => async (world) => {
  const page = await world.person(role, size);
  const found = [];
  for (const [list, folder] of records) found.push(...(await first(page, list, folder)));
  await lookAtAll(world, role, size, [...fixed, ...found]);
};

const SELLER_RECORDS = [
  ["/api/customers?", "/customers"],
  ["/api/products?", "/products"],
  ["/api/quotes?state=draft&", "/quotes"],
  ["/api/quotes?state=issued&", "/quotes"],
  ["/api/quotes?state=signed&", "/quotes"],
  ["/api/quotes?state=expired&", "/quotes"],
  ["/api/orders?", "/orders"],
];
const HQ_RECORDS = [
  ["/api/products?", "/products"],
  ["/api/config/items?kind=price_list&", "/config/items"],
  ["/api/config/items?kind=tier&", "/config/items"],
];

const others = (size) => async (world) => {
  for (const [role, paths] of OTHERS) await lookAtAll(world, role, size, paths);
};

export const stories = [
  { name: "the pages of a salesperson on a phone", run: pagesOf("销售", PHONE, SELLER, SELLER_RECORDS) },
  { name: "the pages of a salesperson on a PC", run: pagesOf("销售", PC, SELLER, SELLER_RECORDS) },
  { name: "the pages of HQ on a phone", run: pagesOf("总部运营", PHONE, HQ, HQ_RECORDS) },
  { name: "the pages of HQ on a PC", run: pagesOf("总部运营", PC, HQ, HQ_RECORDS) },
  { name: "the pages of everybody else on a phone", run: others(PHONE) },
  { name: "the pages of everybody else on a PC", run: others(PC) },
];
