// HQ changes how quotations look: previewed on a real one, confirmed by a second person; what was issued stays as it was.
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, issued, read, sellable, send } from "../lib/office.mjs";
import { readPdf } from "../lib/quoting.mjs";
import { redRing } from "../lib/seal.mjs";
import { PC, PHONE } from "../lib/world.mjs";

/** What stands on the paper of an issued quotation, without blanks. */
async function paper(world, page, quote) {
  const { text } = await readPdf(page, quote, world.program.folder);
  return text.replaceAll(/\s/g, "");
}

async function template(page) {
  const { items } = await read(page, "/api/config/items?kind=template");
  return items.find((item) => item.name === "报价单模板");
}

const preview = (page) => page.getByRole("region", { name: "预览" });

/** The pictures of the preview, once they show the draft as it is saved. */
async function settled(page) {
  await page.getByText("已保存").first().waitFor();
  await page.locator('section[aria-label="预览"][aria-busy="false"]').waitFor();
  return preview(page).getByRole("img").first().getAttribute("src");
}

async function anotherLook(world) {
  const seller = await world.person("销售", PC);
  const buyer = await customer(seller);
  const products = await sellable(seller, 3);
  const old = await issued(world, seller, buyer.id, products);
  const author = await world.person("总部运营", PC);
  const item = await template(author);
  await author.goto("/config");
  await author.getByRole("table", { name: "配置项" }).getByRole("link", { name: item.name, exact: true }).click();
  await author.getByRole("button", { name: "改一版" }).click();
  await author.waitForURL(/\/config\/drafts\/\d+/);
  const draftId = Number(/drafts\/(\d+)/.exec(author.url())[1]);
  await preview(author).getByRole("img").first().waitFor();
  const before = await settled(author);
  await world.look(author, "template-edit");
  await blockPutIn(world, author, draftId);
  await author.getByRole("textbox", { name: "标题", exact: true }).last().fill("产品报价函");
  await author.getByRole("button", { name: "说明", exact: true }).click();
  await author.getByRole("textbox", { name: "小标题" }).fill("供货约定");
  await author.getByRole("checkbox", { name: "印出收款账户" }).uncheck();
  await author.getByRole("button", { name: "加一块自写文字" }).click();
  await author.getByRole("textbox", { name: "文字", exact: true }).fill("本报价含市区内送货，不含卸货上楼。");
  await author.getByRole("button", { name: "自写文字上移" }).click();
  await author.locator("body").click({ position: { x: 5, y: 5 } });
  const after = await settled(author);
  expect(after !== before, "the preview follows what is typed");
  await world.look(author, "template-changed");
  await author.getByRole("combobox", { name: "纸张" }).selectOption("form_140");
  await settled(author);
  await world.look(author, "template-form");
  await author.getByRole("combobox", { name: "纸张" }).selectOption("a4");
  await author.getByRole("combobox", { name: "语言" }).selectOption("zh_en");
  await settled(author);
  await world.look(author, "template-two-languages");
  await author.getByRole("combobox", { name: "语言" }).selectOption("zh");
  await settled(author);
  await withoutTotals(world, author, draftId);
  await submits(author, "新版报价单");
  await confirms(world, draftId);
  const fresh = await issued(world, seller, buyer.id, products);
  const [first, second] = [await paper(world, seller, old), await paper(world, seller, fresh)];
  expect(second.includes("产品报价函"), "the new one prints by the new template");
  expect(second.includes("本报价含市区内送货") && !second.includes("收款账户"), "blocks come and go");
  expect(!first.includes("产品报价函") && first.includes("收款账户"), "the old one prints as before");
}

/** A block that the template has no row of, as of one that came with a newer program, is put in. */
async function blockPutIn(world, page, draftId) {
  const { version } = await read(page, `/api/config/drafts/${draftId}`);
  const answer = await page.request.put(`/api/config/drafts/${draftId}/rows`, {
    data: { put: [], delete: ["verify"] },
    headers: { "If-Match": `"${version}"`, Origin: world.program.base },
  });
  expect(answer.ok(), `the block is taken out: ${answer.status()} ${await answer.text()}`);
  await page.reload();
  await page.getByRole("button", { name: "加一块验真", exact: true }).waitFor();
  await world.look(page, "template-block-missing");
  await page.getByRole("button", { name: "加一块验真", exact: true }).click();
  await page.getByRole("checkbox", { name: "印出验真" }).waitFor();
  await settled(page);
  equal(await page.getByRole("button", { name: "加一块验真", exact: true }).count(), 0, "it stands there once");
}

/** A document without sums is none: the check says so, and 撤销 brings them back. */
async function withoutTotals(world, page, draftId) {
  await page.getByRole("checkbox", { name: "印出合计" }).uncheck();
  await settled(page);
  const checks = await read(page, `/api/config/drafts/${draftId}/checks`);
  equal(checks.blocks, 1, "what blocks without totals");
  await page.getByRole("tab", { name: /检查/ }).click();
  await page.getByText("单据上没有「合计」").waitFor();
  await world.look(page, "template-checks");
  await page.getByRole("tab", { name: "编辑" }).click();
  await page.getByRole("button", { name: /^撤销/ }).click();
  await settled(page);
  await page.getByRole("tab", { name: /差异/ }).click();
  await page.getByText("「收款账户」改为不印").waitFor();
  await world.look(page, "template-diff");
}

async function submits(page, note) {
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await page.getByRole("textbox", { name: "说明" }).last().fill(note);
  await page.getByRole("dialog").getByRole("button", { name: "提交", exact: true }).click();
  await page.getByText("待确认").first().waitFor();
}

/** The second person looks at the preview by thumb, confirms and publishes. */
async function confirms(world, draftId) {
  const page = await world.person("总部运营", PHONE, { nth: 1, path: `/config/drafts/${draftId}?tab=edit` });
  await preview(page).getByRole("img").first().waitFor();
  await world.look(page, "template-second-person");
  await page.getByRole("button", { name: "确认无误" }).click();
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "发布", exact: true }).click();
  // The screen goes on to the history once it is published.
  await page.waitForURL(/\/config\/items\/\d+/);
  await page.getByText("新版报价单").first().waitFor();
  equal((await read(page, `/api/config/drafts/${draftId}`)).state, "published", "state of the draft");
}

async function ownSeal(world) {
  const author = await world.person("总部运营", PC, { path: "/config" });
  await author.getByRole("button", { name: "给大区单独设一份" }).click();
  const sheet = author.getByRole("dialog", { name: "给大区单独设一份" });
  await sheet.getByRole("combobox", { name: "设什么" }).selectOption("seal");
  await world.look(author, "regional-item");
  await sheet.getByRole("button", { name: "打开" }).click();
  await author.waitForURL(/\/config\/items\/\d+/);
  await author.getByRole("button", { name: "改一版" }).click();
  await author.waitForURL(/\/config\/drafts\/\d+/);
  const draftId = Number(/drafts\/(\d+)/.exec(author.url())[1]);
  await author.locator('input[type="file"]').setInputFiles(await redRing(author, "大区章.png"));
  await author.getByRole("img", { name: "换成这枚章" }).waitFor();
  await author.getByText("已保存").first().waitFor();
  await world.look(author, "seal-edit");
  await submits(author, "启用大区自己的章");
  const second = await world.person("总部运营", PHONE, { nth: 1, path: `/config/drafts/${draftId}?tab=edit` });
  await second.getByRole("img", { name: "换成这枚章" }).waitFor();
  await world.look(second, "seal-second-person");
  await send(world, second, `/api/config/drafts/${draftId}/confirm`, {});
  const published = await send(world, second, `/api/config/drafts/${draftId}/publish`, {});
  equal(published.state, "published", "state of the draft");
}

/** A seller who began today, with a customer and nothing issued yet, signed in at a PC and at a phone. */
async function newcomer(world) {
  const personnel = await world.person("人事", PC);
  const branch = (await read(personnel, "/api/orgs")).items.find((org) => org.kind === "branch");
  const account = `xinren${Date.now()}`;
  const person = { account, name: "小新", org_id: branch.id, role_ids: ["new_seller"], password: "huxi-demo" };
  await send(world, personnel, "/api/people", person);
  const pages = [await world.stranger(PC), await world.stranger(PHONE)];
  for (const page of pages) await world.signIn(page, account);
  const buyer = await send(world, pages[0], "/api/customers", { name: `小新的客户${Date.now()}` });
  return { pages, buyer };
}

/** Each field that a quotation needs says so, until the third is issued or the person wants no more of it. */
async function firstHints(world) {
  const { pages, buyer } = await newcomer(world);
  const [pc, phone] = pages;
  const products = await sellable(pc, 1);
  const made = await draft(world, pc, buyer.id, products);
  await pc.goto(`/quotes/${made.id}`);
  await pc.getByRole("note", { name: "新手提示" }).waitFor();
  await pc.getByText("一共要多少？").waitFor();
  await world.look(pc, "guide");
  await phone.goto(`/quotes/${made.id}`);
  const hints = phone.getByRole("note", { name: "新手提示" });
  await hints.getByText("已出具 0 张").waitFor();
  await world.look(phone, "guide");
  await hints.getByRole("button", { name: "不再提示" }).click();
  await hints.waitFor({ state: "hidden" });
  equal((await read(pc, "/api/me/guide")).off, true, "hints are off for this person, on every device");
  await phone.getByRole("button", { name: "更多" }).click();
  await phone.getByRole("button", { name: "显示新手提示" }).click();
  await hints.waitFor();
  for (let issue = 1; issue <= 3; issue += 1) await issued(world, pc, buyer.id, products);
  const after = await read(pc, "/api/me/guide");
  equal(after.issued, 3, "quotations issued");
  equal(after.shown, false, "hints after the third quotation");
}

export const stories = [
  { name: "HQ gives quotations another look and the old ones keep theirs", run: anotherLook },
  { name: "a region gets a seal of its own, looked at by a second person", run: ownSeal },
  { name: "a newcomer's first quotation says what is needed until it is told to stop", run: firstHints },
];
