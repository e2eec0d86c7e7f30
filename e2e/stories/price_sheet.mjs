// A price clerk who lives in Excel changes a price list by keyboard alone, and another one with the thumb.
import { equal, expect } from "../lib/expect.mjs";
import { priceList, read, send } from "../lib/office.mjs";
import { saved } from "../lib/quoting.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const rowsOf = async (page, id) => (await read(page, `/api/config/drafts/${id}/rows?limit=5000`)).items;
const priceIn = (rows, key) => rows.find((row) => row.key === key)?.content?.price;

/** Percent of a price, to the fen, a half away from zero. */
function moved(price, percent) {
  const units = BigInt(Math.round(Number(price) * 10_000)) * BigInt(100 + percent);
  const fen = (units + 5_000n) / 10_000n;
  return `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;
}

async function newDraft(world, page) {
  const item = await priceList(page);
  const draft = await send(world, page, `/api/config/items/${item.id}/drafts`, { title: "石膏板调价" });
  const rows = (await rowsOf(page, draft.id)).filter((row) => row.content?.price);
  return { id: draft.id, rows };
}

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

async function paste(page, text) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await press(page, "Control+v");
}

async function byKeyboard(world) {
  const page = await world.person("总部运营", PC);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id, rows } = await newDraft(world, page);
  const word = rows[0].shown.product_name;
  const found = rows.filter((row) => row.shown.product_name.includes(word));
  expect(found.length >= 3, `there are at least three prices of ${word}`);
  await page.goto(`/config/drafts/${id}`);
  await page.getByRole("textbox", { name: / 新价$/ }).and(page.locator(":focus")).waitFor();
  await press(page, "?");
  await page.getByRole("dialog", { name: "快捷键" }).waitFor();
  await world.look(page, "price-sheet-keys");
  await press(page, "Escape");

  await press(page, "Control+f");
  await page.keyboard.type(word);
  await page.getByText(`显示 ${found.length} / ${rows.length} 条`).waitFor();
  await press(page, "Enter", "Control+e");
  await page.getByRole("textbox", { name: "百分之几" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.type("3");
  await page.getByText("平均 +3%").waitFor();
  await world.look(page, "price-sheet-bulk");
  await press(page, "Enter");
  await saved(page);
  await world.look(page, "price-sheet-raised");
  const now = await rowsOf(page, id);
  for (const { key, content } of found) equal(priceIn(now, key), moved(content.price, 3), `price of ${key}`);
  const others = now.filter((row) => row.change === "changed").length;
  equal(others, found.length, "how many rows are changed");

  await fillsDown(page, id, found);
  await pastesColumns(world, page, id, found);
  await pastesByCode(page, id, found);
  await submits(page);
}

async function fillsDown(page, id, [first, second, third]) {
  await page.getByRole("textbox", { name: / 新价$/ }).focus();
  await press(page, "Control+Home");
  await page.keyboard.type(moved(first.content.price, 5));
  await press(page, "Enter", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d");
  await saved(page);
  const now = await rowsOf(page, id);
  for (const { key } of [first, second, third])
    equal(priceIn(now, key), moved(first.content.price, 5), `price of ${key} after filling down`);
  await press(page, "Control+z");
  await saved(page);
  equal(priceIn(await rowsOf(page, id), third.key), moved(third.content.price, 3), "price after taking it back");
}

async function pastesColumns(world, page, id, [first, second]) {
  await press(page, "Control+Home");
  const pasted = [first, second].map(({ content }) => `￥${moved(content.price, 4)}\t满`);
  await paste(page, pasted.join("\r\n"));
  await page.getByText(/不是数量/).first().waitFor();
  await saved(page);
  await world.look(page, "price-sheet-faults");
  await press(page, "Control+z");
  await paste(page, [first, second].map(({ content }, at) => `${moved(content.price, 4)}\t${(at + 1) * 50}`).join("\n"));
  await saved(page);
  await world.look(page, "price-sheet-pasted");
  let now = await rowsOf(page, id);
  equal(priceIn(now, `${first.key}||50`), moved(first.content.price, 4), "the price from 50 on");
  equal(priceIn(now, `${second.key}||100`), moved(second.content.price, 4), "the price from 100 on");
  await press(page, "Control+z");
  await saved(page);
  now = await rowsOf(page, id);
  equal(priceIn(now, first.key), moved(first.content.price, 5), "the price before pasting");
  equal(priceIn(now, `${first.key}||50`), undefined, "the break after taking it back");
  await press(page, "Control+Shift+z");
  await saved(page);
  equal(priceIn(await rowsOf(page, id), `${second.key}||100`), moved(second.content.price, 4), "done again");
  await press(page, "Control+z");
}

async function pastesByCode(page, id, [first, , third]) {
  await paste(page, [third, first].map(({ shown, content }) => `${shown.product_code}\t${moved(content.price, 2)}`).join("\n"));
  await page.getByText("按编码粘贴 2 条").waitFor();
  await saved(page);
  equal(priceIn(await rowsOf(page, id), third.key), moved(third.content.price, 2), "price found by code");
  await press(page, "Control+Home", "Shift+ArrowDown", "Control+c");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  equal(copied.split(/\r?\n/)[0], moved(first.content.price, 2), "what Excel would get");
}

async function submits(page) {
  await page.getByRole("button", { name: "提交", exact: true }).focus();
  await press(page, "Enter");
  await page.getByRole("textbox", { name: "说明" }).focus();
  await page.keyboard.type("原料涨价");
  await page.getByRole("dialog").getByRole("button", { name: "提交", exact: true }).focus();
  await press(page, "Enter");
  await page.getByText("待确认").first().waitFor();
}

async function byThumb(world) {
  const page = await world.person("总部运营", PHONE);
  const { id, rows } = await newDraft(world, page);
  await page.goto(`/config/drafts/${id}`);
  const name = rows[0].shown.product_name;
  await page.getByRole("button", { name: `提高 ${name} 新价` }).first().tap();
  await saved(page);
  await world.look(page, "price-cards");
  equal((await rowsOf(page, id)).filter((row) => row.change === "changed").length, 1, "rows changed by one tap");
  await page.getByRole("button", { name: /^撤销：/ }).tap();
  await saved(page);
  equal((await rowsOf(page, id)).filter((row) => row.change !== "same").length, 0, "rows changed after taking it back");
  await page.getByRole("searchbox", { name: "搜索条目" }).fill(name);
  await page.getByText(/^显示 \d+ \/ \d+ 条/).waitFor();
  await page.getByRole("button", { name: "批量调价" }).tap();
  await page.getByRole("button", { name: "下调" }).tap();
  await page.getByRole("textbox", { name: "百分之几" }).fill("2");
  await world.look(page, "price-cards-bulk");
  await page.getByRole("button", { name: /^改 \d+ 条$/ }).tap();
  await saved(page);
  await world.look(page, "price-cards-lowered");
  const now = await rowsOf(page, id);
  const { key, content } = rows.find((row) => row.shown.product_name === name);
  equal(priceIn(now, key), moved(content.price, -2), "price after lowering");
  await page.getByRole("button", { name: new RegExp(`^整条修改 ${name}`) }).first().tap();
  await page.getByRole("textbox", { name: /^备注/ }).fill("清库存");
  await world.look(page, "price-card-sheet");
  await page.getByRole("button", { name: "保存", exact: true }).tap();
  await saved(page);
  expect((await rowsOf(page, id)).some((row) => row.content?.note === "清库存"), "the note is kept");
}

async function takingBackAnImport(world) {
  const page = await world.person("总部运营", PC);
  const { id, rows } = await newDraft(world, page);
  const [first, second, typed] = rows.filter((row) => row.content.unit === null && row.content.min_qty === null);
  await page.goto(`/config/drafts/${id}`);
  const cell = page.getByRole("textbox", { name: / 新价$/ });
  await cell.and(page.locator(":focus")).waitFor();
  await page.getByRole("searchbox", { name: "搜索条目" }).fill(typed.shown.product_code);
  await page.getByText(/^显示 1 /).waitFor();
  await cell.focus();
  await page.keyboard.type(moved(typed.content.price, 1));
  await press(page, "Enter");
  await page.getByRole("tab", { name: "从 Excel 导入" }).click();
  const lines = [first, second].map(
    ({ shown, content }) => `${shown.product_code},${shown.product_name},${shown.base_unit},${moved(content.price, 6)}`,
  );
  const file = `\uFEFF货号,品名,单位,含税单价\r\n${lines.join("\r\n")}`;
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "六月.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  await page.getByRole("button", { name: "导入到草稿" }).click();
  await page.getByRole("tab", { name: /差异/, selected: true }).waitFor();
  equal(priceIn(await rowsOf(page, id), second.key), moved(second.content.price, 6), "imported price");
  await page.getByRole("tab", { name: "编辑" }).click();
  await page.getByRole("button", { name: "撤销：从 Excel 导入" }).click();
  await page.getByText("已撤销：从 Excel 导入").waitFor();
  await saved(page);
  let changed = (await rowsOf(page, id)).filter((row) => row.change !== "same");
  equal(changed.map((row) => row.key).join(), typed.key, "what is left after taking the import back");
  await page.getByRole("button", { name: "重做：从 Excel 导入" }).click();
  await saved(page);
  changed = (await rowsOf(page, id)).filter((row) => row.change !== "same");
  equal(changed.length, 3, "rows changed after doing it again");
}

/** The company's day of a moment. */
const dayOf = (at) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

async function comparing(world, size) {
  const page = await world.person("总部运营", size);
  const item = await priceList(page);
  const history = (await read(page, `/api/config/items/${item.id}/revisions?limit=200`)).items;
  const held = history.filter((it) => it.state === "in_force" || it.state === "past");
  const oldest = held[held.length - 1];
  const onItsDay = held.find((it) => dayOf(it.effective_at) <= dayOf(oldest.effective_at));
  const from = dayOf(oldest.effective_at);
  await page.goto(`/config/items/${item.id}?tab=compare&from_day=${from}&to=${held[0].n}`);
  await page.getByText(`这一天生效的是 V${onItsDay.n}（`).waitFor();
  await page.getByText(`V${held[0].n} 与 V${onItsDay.n} 相比`).waitFor();
  await world.look(page, "compare");
  await page.getByRole("group", { name: "到" }).getByRole("button", { name: "按日期" }).click();
  await page.getByText(`这一天生效的是 V${held[0].n}（`).waitFor();
  expect(/from_day=.*to_day=/.test(page.url()), "both days stand in the link");
  await page.reload();
  await page.getByText(`V${held[0].n} 与 V${onItsDay.n} 相比`).waitFor();
  await page.getByRole("button", { name: "两边对调" }).click();
  await page.getByText(`V${onItsDay.n} 与 V${held[0].n} 相比`).waitFor();
  await world.look(page, "compare-days");
}

export const stories = [
  { name: "a price clerk changes the list by keyboard alone, as in Excel", run: byKeyboard },
  { name: "a price clerk changes prices with the thumb", run: byThumb },
  { name: "an imported file is taken back as one step", run: takingBackAnImport },
  { name: "HQ compares the prices of two days, and of a day and a revision", run: (world) => comparing(world, PC) },
  { name: "HQ compares the prices of two days on a phone", run: (world) => comparing(world, PHONE) },
];
