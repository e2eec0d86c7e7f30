// Speed of hands: thirty lines by keyboard alone, scanners and cameras, and nothing typed that is ever lost.
import { settle } from "../lib/look.mjs";
import { browserThatSees, SECONDS_EACH } from "../lib/camera.mjs";
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, read, sellable } from "../lib/office.mjs";
import { labelOf } from "../lib/quoting.mjs";
import { PC, PHONE, World } from "../lib/world.mjs";

const LINES = 30;
/** A clerk who has typed all day does five; this one does four. */
const KEYS_A_SECOND = 4;
/** Of active time, from the wish to quote to the number. */
const SECONDS_MAX = 120;

const qtyField = (page, product) => page.getByRole("textbox", { name: `${labelOf(product)} 数量` });

/** Counts what the hands do: every key by itself. */
function hands(page) {
  const counted = { keys: 0 };
  const press = async (key) => {
    counted.keys += key.split("+").length;
    await page.keyboard.press(key);
  };
  const type = async (text) => {
    counted.keys += text.length;
    await page.keyboard.type(text, { delay: 4 });
  };
  return { counted, press, type };
}

async function thirtyLines(world) {
  const page = await world.person("销售", PC);
  const who = await customer(page);
  const products = await sellable(page, LINES);
  await page.getByRole("link", { name: "新建报价" }).first().waitFor();
  const { counted, press, type } = hands(page);
  await press("Control+k");
  await page.getByRole("dialog", { name: "命令栏" }).waitFor();
  await type("xjbj");
  await press("Enter");
  await page.getByRole("combobox", { name: "搜索名称、联系人" }).and(page.locator(":focus")).waitFor();
  await type(who.name.slice(0, 6));
  await page.getByRole("option", { name: who.name }).first().waitFor();
  await press("Enter");
  await page.getByRole("combobox", { name: "第 1 行 商品" }).and(page.locator(":focus")).waitFor();
  for (const [at, product] of products.entries()) {
    await type(product.code);
    await press("Enter");
    await type(String(5 + at));
    await press("Enter");
  }
  await page.getByRole("combobox", { name: `第 ${LINES + 1} 行 商品` }).and(page.locator(":focus")).waitFor();
  await world.look(page, "hands-thirty-lines");
  await press("Control+Enter");
  await page.getByText("PDF 已生成").waitFor({ timeout: 120_000 });
  const id = Number(/\/quotes\/(\d+)/.exec(page.url())?.[1]);
  const quote = await read(page, `/api/quotes/${id}`);
  equal(quote.lines.length, LINES, "lines");
  for (const [at, line] of quote.lines.entries()) {
    equal(line.product.code, products[at].code, `product of line ${at + 1}`);
    equal(Number(line.qty), 5 + at, `quantity of line ${at + 1}`);
  }
  const seconds = counted.keys / KEYS_A_SECOND;
  world.say(`${LINES} lines, ${counted.keys} key presses, no mouse: ${seconds} s of active time at ${KEYS_A_SECOND} keys a second`);
  expect(seconds < SECONDS_MAX, `thirty lines take ${seconds} s of active time`);
}

/** The network goes, a quantity is typed, and the tab is closed before anything could be sent. */
async function typedAndClosed(world, page, made, product, qty) {
  await page.goto(`/quotes/${made.id}`);
  await page.getByText("已保存").first().waitFor();
  await settle(page);
  await world.cut(page);
  await qtyField(page, product).fill(qty);
  await page.getByText("网络断开，已存在本机").waitFor();
  await page.close();
}

async function closedTab(world) {
  for (const size of [PC, PHONE]) {
    const first = await world.person("销售", size);
    const products = await sellable(first, 2);
    const made = await draft(world, first, (await customer(first)).id, products, "10");
    const context = first.context();
    await typedAndClosed(world, first, made, products[0], "77");
    await context.setOffline(false);
    const page = await context.newPage();
    await page.goto("/quotes");
    const bar = page.getByRole("region", { name: "没有存上的改动" });
    await bar.getByText(made.customer.name).waitFor();
    if (size === PHONE) expect((await bar.boundingBox()).height <= 48, "one line on a phone");
    await world.look(page, `hands-left-behind-${size.width}`);
    await bar.getByRole("link", { name: "去看看" }).click();
    await page.getByText(`：10 ${products[0].base_unit} → 77 ${products[0].base_unit}`).waitFor();
    equal(await qtyField(page, products[0]).inputValue(), "10", "the quantity before anybody decided");
    await world.look(page, `hands-offered-${size.width}`);
    await page.getByRole("button", { name: "丢弃" }).click();
    await page.getByRole("button", { name: "撤销" }).last().click();
    await page.getByRole("button", { name: "恢复", exact: true }).click();
    await page.getByText("已恢复，可以撤销").waitFor();
    await page.getByText("已保存").first().waitFor();
    const after = await read(page, `/api/quotes/${made.id}`);
    equal(Number(after.lines[0].qty), 77, "the quantity on the server");
    equal(after.version, made.version + 1, "saves of what was restored");
    await page.reload();
    await page.getByText("已保存").first().waitFor();
    equal(await page.getByText("有一份没有存上的改动").count(), 0, "offers after it was saved");
  }
}

async function othersWentOn(world) {
  const first = await world.person("销售", PC);
  const products = await sellable(first, 2);
  const made = await draft(world, first, (await customer(first)).id, products, "10");
  const context = first.context();
  await typedAndClosed(world, first, made, products[0], "77");
  await context.setOffline(false);
  const page = await context.newPage();
  const lines = made.lines.map(({ id, product, unit }) => ({ id, product_id: product.id, qty: "20", unit }));
  const saved = await page.request.put(`/api/quotes/${made.id}`, {
    data: { customer_id: made.customer.id, valid_until: null, notes: "", lines },
    headers: { "If-Match": `"${made.version}"`, Origin: world.program.base },
  });
  expect(saved.ok(), "somebody saves in between");
  await page.goto(`/quotes/${made.id}`);
  await page.getByText("写完以后，这张草稿又被改过").waitFor();
  await page.getByRole("button", { name: "恢复，并排看看" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("radio", { name: /用我的：77/ }).check();
  await sheet.getByRole("button", { name: "按选的保存" }).click();
  await sheet.waitFor({ state: "hidden" });
  await page.getByText("已保存").first().waitFor();
  await world.look(page, "hands-chosen");
  const after = await read(page, `/api/quotes/${made.id}`);
  equal(after.lines.map((line) => Number(line.qty)).join(), "77,20", "what was chosen line by line");
}

async function onlyTheOwner(world) {
  const first = await world.person("销售", PC);
  const products = await sellable(first, 1);
  const made = await draft(world, first, (await customer(first)).id, products, "10");
  const context = first.context();
  await typedAndClosed(world, first, made, products[0], "77");
  await context.setOffline(false);
  const page = await context.newPage();
  // The session ends without a word; another person signs in at the same browser.
  await world.signIn(page, await world.account("老板"));
  await page.goto(`/quotes/${made.id}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(1500);
  equal(await page.getByText("没有存上的改动").count(), 0, "drafts of another person in sight");
  const boss = (await read(page, "/api/me")).id;
  const others = (await keptOnDevice(page)).filter((key) => key !== `person ${boss} visited`);
  equal(others.join(), "", "what is kept of another person");
  await world.signIn(page, await world.account("销售"));
  await page.goto(`/quotes/${made.id}`);
  await qtyField(page, products[0]).waitFor();
  await settle(page);
  await world.cut(page);
  await qtyField(page, products[0]).fill("88");
  await page.getByText("网络断开，已存在本机").waitFor();
  await page.close();
  await context.setOffline(false);
  const last = await context.newPage();
  await last.goto("/me");
  await last.getByRole("button", { name: "退出登录" }).click();
  await last.getByRole("dialog", { name: "还有没有存上的改动" }).waitFor();
  await world.look(last, "hands-leaving");
  await last.getByRole("button", { name: "清掉并退出" }).click();
  await last.waitForURL(/\/login/);
  for (let waited = 0; waited < 60_000 && (await keptOnDevice(last)).length > 0; waited += 100) {
    await last.waitForTimeout(100);
  }
  equal((await keptOnDevice(last)).join(), "", "what is kept after signing out");
}

/** The keys of everything that the browser keeps. */
const keptOnDevice = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const request = indexedDB.open("huxi");
        request.onsuccess = () => {
          const keys = request.result.transaction("kept").objectStore("kept").getAllKeys();
          keys.onsuccess = () => done(keys.result.map(String));
        };
      }),
  );

async function sentOnce(world) {
  const page = await world.person("销售", PHONE, { path: "/quotes/new" });
  const who = await customer(page);
  const drafts = async () => (await read(page, `/api/quotes?state=draft&customer=${who.id}&limit=1`)).total.count;
  const before = await drafts();
  await page.getByRole("combobox", { name: "搜索名称、联系人" }).fill(who.name);
  const option = page.getByRole("option", { name: who.name }).first();
  await option.waitFor();
  // The request arrives, but its answer is lost on the way, each time that it is sent again.
  const keys = [];
  world.losesAnswers(page);
  await page.route("**/api/quotes", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    keys.push(route.request().headers()["idempotency-key"]);
    await route.fetch();
    await route.abort("connectionreset");
  });
  await option.tap();
  await page.getByText("恢复以后自动接着建").waitFor();
  await world.look(page, "hands-new-offline");
  expect(keys.length > 1 && new Set(keys).size === 1, `one key for ${keys.length} requests`);
  const context = page.context();
  await page.close();
  const back = await context.newPage();
  await back.goto("/quotes/new");
  await back.getByText(`给「${who.name}」新建的报价单`).waitFor();
  await world.look(back, "hands-new-again");
  await back.getByRole("button", { name: "接着建" }).tap();
  await back.waitForURL(/\/quotes\/\d+/);
  equal(await drafts(), before + 1, "drafts of the customer");
  await lineSentOnce(world, back);
}

/** Typed without the network, it is saved by itself, in one save, when the network is back. */
async function lineSentOnce(world, page) {
  const id = Number(/\/quotes\/(\d+)/.exec(page.url())?.[1]);
  const [product] = await sellable(page, 1);
  const dialog = page.getByRole("dialog");
  await page.getByRole("searchbox", { name: "名称、编码、条码或拼音首字母" }).fill(product.code);
  await dialog.getByRole("button", { name: `添加 ${labelOf(product)}`, exact: true }).tap();
  await dialog.getByRole("button", { name: /完成/ }).tap();
  await page.getByText("已保存").first().waitFor();
  await settle(page);
  const { version } = await read(page, `/api/quotes/${id}`);
  await world.cut(page);
  for (const qty of ["4", "40", "400"]) await qtyField(page, product).fill(qty);
  await page.getByText("网络断开，已存在本机").waitFor();
  await world.mend(page);
  await page.getByText("已保存").first().waitFor();
  const after = await page.request.get(`/api/quotes/${id}`).then((answer) => answer.json());
  equal(Number(after.lines[0].qty), 400, "the quantity on the server");
  equal(after.version, version + 1, "saves of what was typed without the network");
}

async function twoTabs(world) {
  const page = await world.person("销售", PC);
  const products = await sellable(page, 1);
  const made = await draft(world, page, (await customer(page)).id, products, "10");
  await page.goto(`/quotes/${made.id}`);
  const other = await page.context().newPage();
  await other.goto(`/quotes/${made.id}`);
  for (const tab of [page, other]) await tab.getByText("这张草稿在另一个窗口里也开着").waitFor();
  await world.look(other, "hands-two-tabs");
  await qtyField(page, products[0]).fill("31");
  await other.locator(`input[value="31"]`).waitFor();
  await qtyField(other, products[0]).fill("32");
  await page.locator(`input[value="32"]`).waitFor();
  equal(await page.getByRole("dialog").count(), 0, "quarrels between two tabs that take turns");
  await other.close();
  await page.getByText("这张草稿在另一个窗口里也开着").waitFor({ state: "hidden" });
}

/** Products that bear a barcode and have a price. */
async function barcoded(page, count) {
  const all = (await read(page, "/api/products?limit=100")).items;
  const found = all.filter((it) => it.price !== null && it.barcodes.length > 0);
  expect(found.length >= count, `${count} products with a barcode`);
  return found.slice(0, count);
}

const UNKNOWN = "4006381333931";

async function scannerAtTheCounter(world) {
  const page = await world.person("销售", PC);
  const products = await barcoded(page, 2);
  const made = await draft(world, page, (await customer(page)).id, [], "1");
  await page.goto(`/quotes/${made.id}`);
  await page.getByRole("combobox", { name: "第 1 行 商品" }).and(page.locator(":focus")).waitFor();
  const scan = async (code) => {
    await page.keyboard.type(code, { delay: 1 });
    await page.keyboard.press("Enter");
  };
  const [one, two] = products.map((product) => product.barcodes[0].code);
  // Twice the same without a pause, and another: nobody looks at the screen.
  await scan(one);
  await scan(one);
  await scan(two);
  await qtyField(page, products[1]).waitFor();
  await page.locator(`input[aria-label="${labelOf(products[0])} 数量"][value="2"]`).waitFor();
  await scan(one);
  await page.locator(`input[aria-label="${labelOf(products[0])} 数量"][value="3"]`).waitFor();
  await scan(UNKNOWN);
  await page.getByText(`没有商品用条码 ${UNKNOWN}`).waitFor();
  await world.look(page, "hands-scanner-unknown");
  await scan(two);
  await page.locator(`input[aria-label="${labelOf(products[1])} 数量"][value="2"]`).waitFor();
  await page.getByText("已保存").first().waitFor();
  const after = await read(page, `/api/quotes/${made.id}`);
  equal(after.lines.map((line) => `${line.product.code} ${Number(line.qty)}`).join(), products.map((it, at) => `${it.code} ${3 - at}`).join(), "what was scanned");
}

async function byCamera(world) {
  const asker = await world.person("销售", PHONE);
  const [product] = await barcoded(asker, 1);
  const { code, unit } = product.barcodes[0];
  const browser = await browserThatSees([code, null, UNKNOWN], world.program.folder);
  const phone = new World({ program: world.program, browser, pictures: world.pictures });
  try {
    const page = await phone.person("销售", PHONE);
    const made = await draft(phone, page, (await customer(page)).id, [], "1");
    await page.goto(`/quotes/${made.id}`);
    await page.getByRole("dialog").getByRole("button", { name: "扫码" }).tap();
    const sheet = page.getByRole("dialog", { name: "扫条码" });
    const unknown = sheet.getByText(`没有商品用条码 ${UNKNOWN}`);
    await sheet.getByText(`已加入，现在 1 ${unit}`).waitFor({ timeout: 120_000 });
    await sheet.getByText(product.name).waitFor();
    // A look holds the page up, and a code that is in sight all the while would count as come again: now none is.
    await page.waitForTimeout(SECONDS_EACH * 1000);
    await phone.look(page, "hands-scanned");
    await unknown.waitFor({ timeout: 120_000 });
    await sheet.getByText(`已加入，现在 2 ${unit}`).waitFor({ timeout: 120_000 });
    await unknown.waitFor({ timeout: 120_000 });
    await phone.look(page, "hands-scanned-unknown");
    await sheet.getByRole("button", { name: /完成/ }).tap();
    await sheet.waitFor({ state: "hidden" });
    equal((await page.request.get(`/api/quotes/${made.id}`).then((it) => it.json())).lines.length, 1, "lines");
  } finally {
    world.faults.push(...phone.faults);
    await phone.close();
    await browser.close();
  }
}

/** Without a camera there is a sentence, and the digits and a photo do it too. */
async function withoutCamera(world) {
  const page = await world.person("销售", PHONE);
  const [product] = await barcoded(page, 1);
  const { code, unit } = product.barcodes[0];
  const made = await draft(world, page, (await customer(page)).id, [], "1");
  await page.goto(`/quotes/${made.id}`);
  await page.getByRole("dialog").getByRole("button", { name: "扫码" }).tap();
  const sheet = page.getByRole("dialog", { name: "扫条码" });
  await sheet.getByRole("alert").waitFor();
  await world.look(page, "hands-no-camera");
  await sheet.getByRole("textbox", { name: "手输条码" }).fill(code);
  await sheet.getByRole("button", { name: "查找" }).tap();
  await sheet.getByText(`已加入，现在 1 ${unit}`).waitFor();
  await sheet.getByRole("textbox", { name: "手输条码" }).fill(code);
  await page.keyboard.press("Enter");
  await sheet.getByText(`已加入，现在 2 ${unit}`).waitFor();
  await sheet.getByRole("button", { name: "撤销" }).tap();
  await sheet.getByRole("button", { name: /完成/ }).tap();
  await page.getByText("已保存").first().waitFor();
  await page.locator(`input[aria-label="${labelOf(product)} 数量"][value="1"]`).first().waitFor();
}

export const stories = [
  { name: "thirty lines by keyboard alone take less than two minutes of active time", run: thirtyLines },
  { name: "a closed tab with something unsaved is offered back, once", run: closedTab },
  { name: "what was kept on the device meets what others saved, line by line", run: othersWentOn },
  { name: "nobody sees what another person left on the same browser", run: onlyTheOwner },
  { name: "what was typed without the network is sent once when it is back", run: sentOnce },
  { name: "two tabs with one draft follow each other", run: twoTabs },
  { name: "a scanner at the counter adds products and one more of each", run: scannerAtTheCounter },
  { name: "the camera of a phone reads barcodes into the quotation", run: byCamera },
  { name: "without a camera the digits of a barcode do it", run: withoutCamera },
];
