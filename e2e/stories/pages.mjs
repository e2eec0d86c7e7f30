// Every page of every role, at both widths: a picture, axe, nothing too wide, nothing in the console.
import { equal, expect } from "../lib/expect.mjs";
import { read } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const SELLER = ["/", "/quotes", "/quotes?state=draft", "/quotes/new", "/orders", "/customers", "/products", "/tasks", "/notices", "/me"];
const HQ = ["/", "/quotes", "/orders", "/customers", "/products", "/products/new", "/config", "/handling-time", "/conversion", "/me"];
const nameOf = (path) => path.replaceAll(/[/?=]/g, "-").replace(/^-/, "") || "today";

/** Looks at these pages; the first record of each list is one of them. */
async function lookAtAll(world, page, role, paths, records = []) {
  for (const path of paths) await lookAtOne(world, page, path, `${role}-${nameOf(path)}`);
  for (const [name, list, folder, tab = ""] of records) {
    const [record] = (await read(page, list)).items;
    expect(record, `the demo company has a record of ${list}`);
    await lookAtOne(world, page, `${folder}/${record.id}${tab}`, `${role}-${name}`);
  }
}

async function lookAtOne(world, page, path, name) {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await world.look(page, name);
}

const pagesOf = (role, size, paths, records) => async (world) => {
  await lookAtAll(world, await world.person(role, size), role, paths, records);
};

const SELLER_RECORDS = [
  ["customer", "/api/customers?limit=1", "/customers"],
  ["customer-quotes", "/api/customers?limit=1", "/customers", "?tab=quotes"],
  ["product", "/api/products?limit=1", "/products"],
];
const BOSS_RECORDS = [
  ["quote-draft", "/api/quotes?state=draft&limit=1", "/quotes"],
  ["quote-issued", "/api/quotes?state=issued&limit=1", "/quotes"],
  ["quote-signed", "/api/quotes?state=signed&limit=1", "/quotes"],
  ["quote-expired", "/api/quotes?state=expired&limit=1", "/quotes"],
  ["quote-superseded", "/api/quotes?state=superseded&limit=1", "/quotes"],
  ["order", "/api/orders?limit=1", "/orders"],
];
const KEEPER_RECORDS = [["order", "/api/orders?limit=1", "/orders"]];
const HQ_RECORDS = [
  ["product", "/api/products?limit=1", "/products"],
  ["price-list", "/api/config/items?kind=price_list", "/config/items"],
  ["price-list-history", "/api/config/items?kind=price_list", "/config/items", "?tab=history"],
  ["price-list-drafts", "/api/config/items?kind=price_list", "/config/items", "?tab=drafts"],
  ["corridor", "/api/config/items?kind=price_corridor", "/config/items"],
  ["corridor-history", "/api/config/items?kind=price_corridor", "/config/items", "?tab=history"],
  ["tiers", "/api/config/items?kind=tier", "/config/items"],
  ["price-limits", "/api/config/items?kind=price_limit", "/config/items"],
  ["snippets", "/api/config/items?kind=snippet", "/config/items"],
  ["calendar", "/api/config/items?kind=calendar", "/config/items"],
  ["template", "/api/config/items?kind=template", "/config/items"],
  ["rules", "/api/config/items?kind=rule", "/config/items"],
  ["draft", "/api/config/drafts", "/config/drafts"],
  ["draft-edit", "/api/config/drafts", "/config/drafts", "?tab=edit"],
  ["draft-checks", "/api/config/drafts", "/config/drafts", "?tab=checks"],
];

/** The tile of 今天 leads to the very quotations that it counts. */
async function expiringSoon(world) {
  const page = await world.person("老板", PHONE);
  const today = await read(page, "/api/today");
  await page.goto("/");
  await page.getByRole("link", { name: /3 天内到期/ }).tap();
  await page.waitForURL(/valid_to=/);
  await page.getByRole("button", { name: "到期：3 天内到期" }).waitFor();
  await world.look(page, "quotes-expiring");
  const listed = await read(page, `/api/quotes?state=issued&valid_to=${today.soon}`);
  equal(listed.total.count, today.figures.expiring.count, "quotations behind the tile");
}

const OTHERS = [
  ["区域经理", ["/", "/quotes", "/orders", "/customers", "/handling-time"]],
  ["老板", ["/", "/config", "/handling-time"], BOSS_RECORDS],
  ["新人销售", ["/", "/quotes"]],
  ["仓管", ["/", "/orders", "/products"], KEEPER_RECORDS],
  ["物流主管", ["/", "/orders"]],
  ["财务", ["/", "/orders", "/quotes"]],
  ["人事", ["/", "/people"]],
  ["管理员", ["/", "/people", "/company"]],
];

const others = (size) => async (world) => {
  for (const [role, paths, records] of OTHERS) {
    const page = await world.person(role, size);
    await lookAtAll(world, page, role, paths, records);
    await page.context().close();
  }
};

export const stories = [
  { name: "the pages of a salesperson on a phone", run: pagesOf("销售", PHONE, SELLER, SELLER_RECORDS) },
  { name: "the pages of a salesperson on a PC", run: pagesOf("销售", PC, SELLER, SELLER_RECORDS) },
  { name: "the pages of HQ on a phone", run: pagesOf("总部运营", PHONE, HQ, HQ_RECORDS) },
  { name: "the pages of HQ on a PC", run: pagesOf("总部运营", PC, HQ, HQ_RECORDS) },
  { name: "the pages of everybody else on a phone", run: others(PHONE) },
  { name: "the pages of everybody else on a PC", run: others(PC) },
  { name: "the tile of what expires soon leads to the quotations that it counts", run: expiringSoon },
];
