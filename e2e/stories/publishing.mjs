// HQ turns a price file into published prices: import, checks, difference, a second person, publish, roll back.
import { equal, expect } from "../lib/expect.mjs";
import { priceList, read, sellable } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

/** A file as a purchasing clerk would send it: a title above the head, money signs, full-width digits, bad rows. */
function priceFile(products) {
  const [first, second, third, slip] = products;
  const rows = [
    ["2026 年春季价目表（内部）", "", "", ""],
    ["", "", "", ""],
    ["货号", "品名", "单位", "含税单价"],
    [first.code, first.name, first.base_unit, raised(first, "￥")],
    [second.code, second.name, second.base_unit, wide(raised(second, ""))],
    [third.code, third.name, third.base_unit, "面议"],
    [slip.code, slip.name, slip.base_unit, slipped(slip)],
    ["没有这个货", "查无此货", first.base_unit, "12.00"],
  ];
  return rows.map((cells) => cells.map((cell) => `"${cell}"`).join(",")).join("\r\n");
}

const raised = (product, sign) => `${sign}${(Number(product.price.unit_price) * 1.1).toFixed(2)}`;
/** A decimal point one place too far to the right. */
const slipped = (product) => (Number(product.price.unit_price) * 10).toFixed(2);
const wide = (text) => text.replaceAll(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

async function fromFileToPrices(world) {
  const page = await world.person("总部运营", PC);
  const products = await sellable(page, 4);
  const item = await priceList(page);
  await page.getByRole("link", { name: "设计台" }).click();
  await page.getByRole("heading", { name: "设计台" }).waitFor();
  await world.look(page, "workbench");
  await page.getByRole("table", { name: "配置项" }).getByRole("link", { name: item.name, exact: true }).click();
  await page.getByRole("button", { name: "改一版" }).click();
  await pastOtherDrafts(world, page);
  await page.waitForURL(/\/config\/drafts\/\d+/);
  await world.look(page, "draft-edit");
  await importFile(world, page, priceFile(products));
  await page.getByRole("tab", { name: /检查/ }).click();
  await world.look(page, "draft-checks");
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "提交", exact: true }).click();
  await page.getByText("请写说明：为什么改").waitFor();
  await page.getByRole("textbox", { name: "说明" }).fill("春季调价，原料上涨");
  await world.look(page, "draft-submit");
  await page.getByRole("dialog").getByRole("button", { name: "提交", exact: true }).click();
  await page.getByText("待确认").first().waitFor();
  await page.getByText("等另一位有发布权的人确认").waitFor();
  await page.getByRole("button", { name: "撤回" }).waitFor();
  await world.look(page, "draft-submitted");
  const draftId = Number(/drafts\/(\d+)/.exec(page.url())[1]);
  const own = await world.post(page, `/api/config/drafts/${draftId}/confirm`, {});
  equal((await own.json()).code, "self_confirm", "confirming one's own");
  await secondPerson(world, draftId, PHONE);
  const after = await read(page, `/api/products/${products[0].id}`);
  const [now] = (await read(page, `/api/products/${products[0].id}/prices`)).now;
  equal(now.price, raised(products[0], ""), `price of ${after.name}`);
}

async function importFile(world, page, text) {
  await page.getByRole("tab", { name: "从 Excel 导入" }).click();
  const file = { name: "春季价目表.csv", mimeType: "text/csv", buffer: Buffer.from(`\uFEFF${text}`) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByRole("heading", { name: "要你定的行（2）" }).waitFor();
  await world.look(page, "draft-import");
  const bad = page.getByRole("row");
  expect((await bad.filter({ hasText: "面议" }).count()) > 0, "the row whose price is no number is named");
  expect((await bad.filter({ hasText: "没有这个货" }).count()) > 0, "the row of an unknown product is named");
  await page.getByRole("button", { name: /跳过 2 行有问题的/ }).click();
  await page.getByRole("tab", { name: /差异/, selected: true }).waitFor();
  await world.look(page, "draft-diff");
}

/** Where somebody else's draft is under way, the screen says so before it makes another one. */
async function pastOtherDrafts(world, page) {
  const anyway = page.getByRole("dialog").getByRole("button", { name: "仍然另建一份" });
  await anyway.waitFor();
  await world.look(page, "drafts-under-way");
  await anyway.click();
}

async function secondPerson(world, draftId, size) {
  const page = await world.person("总部运营", size, { nth: 1 });
  await world.look(page, "today-confirm");
  await page.locator(`a[href$="/config/drafts/${draftId}"]`).first().click();
  await page.getByRole("button", { name: "确认无误" }).waitFor();
  await world.look(page, "draft-confirm");
  await risksAsked(world, page, draftId);
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await publishingAsks(world, page, draftId);
  // The words of the moment are gone after a few seconds; the history stays.
  await page.getByText("生效中").first().waitFor();
  await world.look(page, "item-history");
}

/** What stands out is on top of the difference, told once, and nobody confirms without ticking just that. */
async function risksAsked(world, page, draftId) {
  // The price itself, and that of the region's list whose formula asks it.
  const band = page.getByRole("region", { name: /2 处涨跌超过 30%/ });
  await band.getByText(/例如「苏州大区价目表」的弹性外墙乳胶漆/).waitFor();
  await page.getByRole("row", { name: /\+900%/ }).waitFor();
  equal(await band.getByText(/由 152.80 元改为/).count(), 0, "what the row tells is not told above again");
  const past = await world.post(page, `/api/config/drafts/${draftId}/confirm`, {});
  equal((await past.json()).code, "risks_unseen", "confirming without having seen it");
  await page.getByRole("button", { name: "确认无误" }).click();
  const sheet = page.getByRole("dialog", { name: "确认这一版" });
  expect(await sheet.getByRole("button", { name: "确认无误" }).isDisabled(), "nothing is ticked yet");
  await world.look(page, "draft-risks");
  for (const risk of [/由 152.80 元改为 1,528.00 元/, /例如「苏州大区价目表」的弹性外墙乳胶漆/]) {
    await sheet.getByRole("checkbox", { name: risk }).check();
  }
  await sheet.getByRole("button", { name: "确认无误" }).click();
  await sheet.waitFor({ state: "hidden" });
}

/** A press too many publishes nothing: the sheet says what, when and by whom, and holds the button that does it. */
async function publishingAsks(world, page, draftId) {
  const sheet = page.getByRole("dialog", { name: "发布这一版" });
  await sheet.getByText(/个价格，立即生效，全公司/).waitFor();
  const draft = await read(page, `/api/config/drafts/${draftId}`);
  equal(draft.state, "confirmed", "state before the sheet is answered");
  await sheet.getByText(draft.author.name).first().waitFor();
  await sheet.getByText(draft.confirmed_by.name).first().waitFor();
  for (const risk of [/由 152.80 元改为 1,528.00 元/, /例如「苏州大区价目表」的弹性外墙乳胶漆/]) {
    await sheet.getByRole("checkbox", { name: risk }).check();
  }
  await world.look(page, "draft-publish");
  await sheet.getByRole("button", { name: "发布", exact: true }).click();
}

async function rollingBack(world) {
  const page = await world.person("总部运营", PC);
  const item = await priceList(page);
  const before = (await read(page, `/api/config/items/${item.id}/revisions?limit=5`)).items;
  const target = before.find((it) => it.state === "past");
  expect(target, "there is an older revision");
  await page.goto(`/config/items/${item.id}?tab=history`);
  await page.getByRole("button", { name: `更多 V${target.n}` }).click();
  await page.getByRole("button", { name: "回滚到这一版" }).click();
  await page.getByRole("dialog").getByRole("region", { name: "回滚以后会变的" }).getByText(/相比/).waitFor();
  await page.getByRole("dialog").getByText(/不用第二人再确认/).waitFor();
  await page.getByRole("textbox", { name: "原因" }).fill("新价发错了");
  await world.look(page, "item-rollback");
  await page.getByRole("dialog").getByRole("button", { name: "回滚到这一版" }).click();
  await page.getByText(/已回滚/).first().waitFor();
  const after = (await read(page, `/api/config/items/${item.id}/revisions?limit=5`)).items;
  equal(after[0].n, before[0].n + 1, "number of the new revision");
  equal(after[0].restores_n, target.n, "what it restores");
  equal(after[0].state, "in_force", "state of the new revision");
}

export const stories = [
  { name: "HQ turns a price file into published prices, with a second person", run: fromFileToPrices },
  { name: "HQ rolls back to an older revision with a reason", run: rollingBack },
];
