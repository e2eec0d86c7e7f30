// Rows of a few fields each: every kind has the same editor. A row is changed, refused, added, taken out and back again.
import { equal, expect } from "../lib/expect.mjs";
import { read, send } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

/** For each kind: what is typed into its first row, what means nothing there, and how a new row is filled. */
const KINDS = [
  {
    kind: "tier",
    typed: "91.5",
    wrong: "很多",
    says: "写 0 到 1000 之间的数字",
    fill: async (page) => {
      await page.getByLabel("新等级名称").fill("工程甲");
      await page.getByLabel("按标价的百分之几").fill("88%");
    },
    added: { key: "工程甲", content: { percent: "88" } },
  },
  {
    kind: "price_limit",
    // A new row may be added as it stands.
    ready: true,
    typed: "1.5",
    wrong: "101",
    says: "写 0 到 100 之间的数字",
    fill: async (page) => {
      await page.getByRole("combobox", { name: "岗位" }).selectOption("finance");
      await page.getByLabel("最多让价 %").fill("1");
    },
    added: { key: "finance", content: { depth: "1" } },
  },
  {
    kind: "snippet",
    typed: "市区送到楼下，不含上楼",
    wrong: " ",
    says: "写上内容",
    fill: async (page) => {
      await page.getByLabel("新常用语的名称").fill("开票约定");
      await page.getByLabel("内容", { exact: true }).fill("货到七日内开票");
    },
    added: { key: "开票约定", content: { text: "货到七日内开票" } },
  },
  {
    kind: "price_corridor",
    typed: "92.5",
    wrong: "1001",
    says: "写 0 到 1000 之间的数字",
    fill: async (page) => {
      await page.getByRole("combobox", { name: "大区" }).selectOption({ index: 2 });
      await page.getByLabel("最低 %", { exact: true }).fill("90");
      await page.getByLabel("最高 %", { exact: true }).fill("120");
    },
    added: { content: { min: "90", max: "120" } },
  },
];

const same = (found, wanted) => (Number.isNaN(Number(wanted)) ? found === wanted : Number(found) === Number(wanted));

const rowsOn = (size, device) => async (world) => {
  const page = await world.person("总部运营", size);
  for (const one of KINDS) await throughRows(world, page, one, device);
};

async function throughRows(world, page, one, device) {
  const [item] = (await read(page, `/api/config/items?kind=${one.kind}`)).items;
  const draft = await send(world, page, `/api/config/items/${item.id}/drafts`, { title: `改${item.name}` });
  await page.goto(`/config/drafts/${draft.id}?tab=edit`);
  const first = page.locator("[data-row]").first();
  const field = first.getByRole("textbox").first();
  await field.fill(one.wrong);
  await field.blur();
  await first.getByText(one.says).waitFor();
  if (!one.ready) await page.getByRole("button", { name: "加一条" }).click();
  await fromTheTop(page);
  await world.look(page, `rows-${one.kind}-refused-${device}`);
  await field.fill(one.typed);
  await field.blur();
  await first.getByText("修改").waitFor();
  await one.fill(page);
  await page.getByRole("button", { name: "加一条" }).click();
  await page.locator("[data-row]").getByText("新增").waitFor();
  await takenOutAndBack(page);
  await page.getByText("已保存").waitFor();
  await fromTheTop(page);
  await world.look(page, `rows-${one.kind}-${device}`);
  await holds(page, draft.id, one);
  await page.getByRole("tab", { name: /差异/ }).click();
  await page.getByText(/新增 1 · 修改 1/).waitFor();
  await world.look(page, `rows-${one.kind}-diff-${device}`);
  await discards(world, page, draft.id);
}

/** Nothing lies half under the head of the page. */
const fromTheTop = (page) => page.evaluate(() => globalThis.scrollTo(0, 0));

async function discards(world, page, draftId) {
  const { version } = await read(page, `/api/config/drafts/${draftId}`);
  const answer = await page.request.delete(`/api/config/drafts/${draftId}`, {
    headers: { Origin: world.program.base, "If-Match": `"${version}"` },
  });
  expect(answer.ok(), `the draft is discarded: ${answer.status()}`);
}

/** The last row that is as it was goes, and one step back brings it again. */
async function takenOutAndBack(page) {
  await page.getByRole("button", { name: /^删除这一条/ }).last().click();
  await page.locator("[data-gone]").waitFor();
  await page.getByRole("button", { name: /^撤销/ }).click();
  await page.locator("[data-gone]").waitFor({ state: "detached" });
}

async function holds(page, draftId, { typed, added }) {
  const rows = (await read(page, `/api/config/drafts/${draftId}/rows?limit=100`)).items;
  const changed = rows.find((row) => row.change === "changed");
  expect(Object.values(changed.content).some((value) => same(value, typed)), `a row holds ${typed}`);
  const fresh = rows.find((row) => row.change === "added");
  if (added.key) equal(fresh.key, added.key, "key of the new row");
  for (const [name, value] of Object.entries(added.content))
    expect(same(fresh.content[name], value), `${name} of the new row is ${value}, not ${fresh.content[name]}`);
  equal(rows.filter((row) => row.change === "removed").length, 0, "rows that are taken out");
}

export const stories = [
  { name: "rows of every kind are changed, refused, added and taken back on a PC", run: rowsOn(PC, "pc") },
  { name: "rows of every kind are changed, refused, added and taken back on a phone", run: rowsOn(PHONE, "phone") },
];
