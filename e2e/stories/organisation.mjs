// The organisation: a company that was set up a moment ago grows a region and a branch, up to its first quotation.
import { equal, expect } from "../lib/expect.mjs";
import { putRows, read, send } from "../lib/office.mjs";
import { startEmpty } from "../lib/program.mjs";
import { PC, PHONE, World } from "../lib/world.mjs";

const PASSWORD = "first-branch-9";

/** The first page of an empty program, as its first person fills it. */
async function setsUp(world, page, path) {
  await page.goto(path);
  await page.getByLabel("公司名称").fill("新开建材有限公司");
  await page.getByLabel("姓名").fill("周开张");
  await page.getByLabel("账号").fill("zhou");
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByRole("button", { name: "开始使用" }).click();
  await page.getByRole("heading", { level: 1, name: "公司资料" }).waitFor();
  await page.getByRole("link", { name: "今天" }).click();
  await page.getByText("先建分公司").waitFor();
  await world.look(page, "today-fresh-company");
}

/** Adds a place on the screen. */
async function adds(page, { kind, name, code }) {
  const sheet = page.getByRole("dialog");
  if (kind) await sheet.getByLabel("种类").selectOption({ label: kind });
  await sheet.getByLabel("名称").fill(name);
  await sheet.getByLabel("编号前缀").fill(code);
  await sheet.getByRole("button", { name: "建好" }).click();
  await sheet.waitFor({ state: "hidden" });
  await page.getByRole("listitem").filter({ hasText: name }).waitFor();
}

/** One of the acts in the menu of a place. */
async function acts(page, name, act) {
  await page.getByRole("button", { name: `${name} 的更多操作` }).click();
  await page.getByRole("button", { name: act, exact: true }).click();
}

async function grows(world, page) {
  await page.getByRole("link", { name: "去建" }).click();
  await page.getByRole("heading", { level: 1, name: "组织" }).waitFor();
  await world.look(page, "organisation-empty");
  await page.getByRole("button", { name: "建第一个机构" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "建好" }).click();
  await page.getByText("请填写名称").waitFor();
  await page.getByText("请写 1 到 4 个英文字母").waitFor();
  await world.look(page, "organisation-add");
  await adds(page, { kind: "大区", name: "苏南大区", code: "sn" });
  await acts(page, "苏南大区", "在下面加一个");
  await adds(page, { name: "苏州分公司", code: "SZ" });
  await acts(page, "苏南大区", "在下面加一个");
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("名称").fill("苏州分公司");
  await sheet.getByLabel("编号前缀").fill("KS");
  await sheet.getByRole("button", { name: "建好" }).click();
  await sheet.getByText("已经有一个机构叫这个名字").first().waitFor();
  await world.look(page, "organisation-name-taken");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "丢掉并关闭" }).click();
  await page.getByRole("dialog").first().waitFor({ state: "hidden" });
  equal((await read(page, "/api/orgs")).items.length, 3, "places after a refusal");
}

/** Accounts, one product and its price: what the other screens do, without looking at them. */
async function opens(world, page) {
  const orgs = (await read(page, "/api/orgs")).items;
  const at = (kind) => orgs.find((org) => org.kind === kind).id;
  const account = (account, name, org_id, role) =>
    send(world, page, "/api/people", { account, name, org_id, role_ids: [role], password: PASSWORD });
  await account("ops", "第二位运营", at("hq"), "hq_operations");
  await account("manager", "苏南经理", at("region"), "region_manager");
  await account("seller", "苏州销售", at("branch"), "seller");
  const second = await world.stranger(PC);
  await send(world, second, "/api/session", { account: "ops", password: PASSWORD });
  const made = await send(world, page, "/api/products", {
    code: "P1",
    name: "外墙乳胶漆",
    base_unit: "桶",
    tax_rate: "13",
  });
  const [item] = (await read(page, "/api/config/items?kind=price_list")).items;
  const draft = await send(world, page, `/api/config/items/${item.id}/drafts`, { title: "第一版" });
  await putRows(world, page, draft, [{ content: { product: made.id, price: "128" } }]);
  await send(world, page, `/api/config/drafts/${draft.id}/submit`, { effective_at: null, note: "第一版" });
  await send(world, second, `/api/config/drafts/${draft.id}/confirm`, {});
  await send(world, second, `/api/config/drafts/${draft.id}/publish`, {});
  return made;
}

async function firstQuotation(world, product) {
  const seller = await world.stranger(PHONE);
  await send(world, seller, "/api/session", { account: "seller", password: PASSWORD });
  const buyer = await send(world, seller, "/api/customers", { name: "恒泰装饰" });
  const lines = [{ id: "a", product_id: product.id, qty: "10", unit: "桶" }];
  const draft = await send(world, seller, "/api/quotes", { customer_id: buyer.id, lines });
  await seller.goto(`/quotes/${draft.id}`);
  await seller.getByRole("button", { name: "出具报价单" }).click();
  await seller.getByRole("heading", { level: 1 }).filter({ hasText: /^SZ\d\d-000001/ }).waitFor();
}

async function renamesAndCloses(world, page) {
  await page.reload();
  await page.getByRole("listitem").filter({ hasText: "苏南大区" }).getByText("1 位经理").waitFor();
  await world.look(page, "organisation-grown");
  await acts(page, "苏南大区", "改名");
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("名称").fill("苏锡常大区");
  await sheet.getByRole("button", { name: "改名", exact: true }).click();
  await page.getByRole("button", { name: "撤销" }).click();
  await page.getByText("已改回 苏南大区").waitFor();
  equal((await read(page, "/api/orgs")).items[1].name, "苏南大区", "name after taking it back");
  await acts(page, "苏州分公司", "关闭机构");
  await sheet.getByRole("button", { name: "关闭机构" }).click();
  await sheet.getByText("这里还有 1 个在用的账号、1 个客户、1 张没办完的报价单").waitFor();
  await world.look(page, "organisation-in-use");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
}

async function fromNothing(demo) {
  const program = await startEmpty(demo.program.program);
  const world = new World({ program, browser: demo.browser, pictures: demo.pictures });
  try {
    const page = await world.stranger(PC);
    await setsUp(world, page, program.setUp);
    await grows(world, page);
    await firstQuotation(world, await opens(world, page));
    await renamesAndCloses(world, page);
    const phone = await world.stranger(PHONE);
    await send(world, phone, "/api/session", { account: "zhou", password: PASSWORD });
    await phone.goto("/people/orgs");
    await phone.getByText("苏州分公司").waitFor();
    await world.look(phone, "organisation-phone");
  } finally {
    demo.faults.push(...world.faults);
    await world.close();
    await program.stop();
  }
}

async function closesWhatIsEmpty(world) {
  const page = await world.person("管理员", PC, { path: "/people/orgs" });
  const top = (await read(page, "/api/orgs")).items[0];
  await send(world, page, "/api/orgs", { parent_id: top.id, kind: "branch", name: "试开分公司", code: "ZZTT" });
  await page.reload();
  await acts(page, "试开分公司", "关闭机构");
  const sheet = page.getByRole("dialog");
  await world.look(page, "organisation-close");
  await sheet.getByRole("button", { name: "关闭机构" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "试开分公司" });
  await row.getByText("已关闭").waitFor();
  await world.look(page, "organisation-closed");
  await page.goto("/people");
  await page.getByRole("button", { name: "新建人员" }).click();
  const places = page.getByRole("dialog").getByLabel("所属").locator("option");
  await places.first().waitFor({ state: "attached" });
  expect(!(await places.allTextContents()).join("").includes("试开分公司"), "nobody is put to a closed place");
  await page.goto("/people/orgs");
  await acts(page, "试开分公司", "重新打开");
  await row.getByText("已关闭").waitFor({ state: "detached" });
  const manager = await world.person("区域经理", PHONE, { path: "/people/orgs" });
  await manager.getByRole("list", { name: "组织列表" }).waitFor();
  equal(await manager.getByRole("button", { name: /的更多操作/ }).count(), 0, "acts of who may only look");
}

export const stories = [
  { name: "a fresh company grows a region and a branch up to its first quotation there", run: fromNothing },
  { name: "a place is closed when it is empty, takes nobody then, and is opened again", run: closesWhatIsEmpty },
];
