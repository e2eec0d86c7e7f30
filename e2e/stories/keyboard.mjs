// Without a mouse: from signing in to an issued quotation, each focus in sight; and the app installed on a device.
import { equal, expect } from "../lib/expect.mjs";
import { settle } from "../lib/look.mjs";
import { sellable } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const TABS_MAX = 60;
const NEWCOMER = "长兴键盘门窗店";

/** What has the focus, and whether one can see that it has. */
const focused = (page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return { name: "nothing", seen: false };
    const marked = (element) => {
      const style = getComputedStyle(element);
      const ringed = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
      return ringed || style.boxShadow !== "none";
    };
    const around = [at, at.parentElement, at.parentElement?.parentElement].filter(Boolean);
    return { name: at.getAttribute("aria-label") || at.textContent || at.tagName, seen: around.some(marked) };
  });

async function seesFocus(page) {
  const { name, seen } = await focused(page);
  expect(seen, `one sees that the focus is on ${name.trim().slice(0, 40)}`);
}

/** Goes on by Tab until `wanted` has the focus; every stop on the way is in sight. */
async function tabTo(page, wanted) {
  const there = async () => (await wanted.and(page.locator(":focus")).count()) > 0;
  for (let turn = 0; turn < TABS_MAX && !(await there()); turn += 1) {
    await page.keyboard.press("Tab");
    // Behind the last stop the browser itself has the focus.
    if ((await focused(page)).name !== "nothing") await seesFocus(page);
  }
  if (await there()) return seesFocus(page);
  throw new Error(`Tab does not lead to ${wanted}`);
}

/** Chooses in the command bar what the letters find first. */
async function command(page, letters, word) {
  await page.keyboard.press("Control+k");
  const bar = page.getByRole("dialog", { name: "命令栏" });
  await bar.getByRole("combobox").and(page.locator(":focus")).waitFor();
  await seesFocus(page);
  await page.keyboard.type(letters);
  await bar.getByRole("option", { name: word, selected: true }).waitFor();
  await page.keyboard.press("Enter");
}

async function signIn(world, page) {
  await page.goto("/login");
  await tabTo(page, page.getByRole("textbox", { name: "账号" }));
  await page.keyboard.type(await world.account("销售"));
  await tabTo(page, page.getByLabel("密码"));
  await page.keyboard.type("huxi-demo");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForURL((url) => url.pathname === "/");
  await page.getByRole("navigation").first().waitFor();
  await settle(page);
}

async function newcomer(page) {
  await command(page, "xjkh", "新建客户");
  const sheet = page.getByRole("dialog", { name: "新建客户" });
  await sheet.locator("input:focus").waitFor();
  await seesFocus(page);
  await page.keyboard.type(NEWCOMER);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/customers\/\d+$/);
  await page.getByRole("heading", { level: 1, name: NEWCOMER }).waitFor();
}

async function twoLines(world, page, products) {
  await command(page, "xjbj", "新建报价");
  await page.getByRole("combobox", { name: "搜索名称、联系人" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.type(NEWCOMER);
  await page.getByRole("option", { name: NEWCOMER }).first().waitFor();
  await page.keyboard.press("Enter");
  for (const [at, product] of products.entries()) {
    await page.getByRole("combobox", { name: `第 ${at + 1} 行 商品` }).and(page.locator(":focus")).waitFor();
    await seesFocus(page);
    await page.keyboard.type(product.code, { delay: 4 });
    await page.keyboard.press("Enter");
    await page.keyboard.type(String(3 + at), { delay: 4 });
    await page.keyboard.press("Enter");
  }
  await page.getByRole("combobox", { name: "第 3 行 商品" }).and(page.locator(":focus")).waitFor();
  // In a field the mark is a letter, beside it the map.
  await page.keyboard.type("?");
  equal(await page.getByRole("dialog", { name: "快捷键" }).count(), 0, "maps over a field in which somebody types");
  await page.keyboard.press("Backspace");
  await tabTo(page, page.getByRole("button", { name: /^出具报价单/ }));
  await page.keyboard.press("?");
  const map = page.getByRole("dialog", { name: "快捷键" });
  await map.getByText("报价单录入").waitFor();
  await map.getByText("Ctrl+Enter").waitFor();
  await map.getByText("在哪里都能用").waitFor();
  await world.look(page, "keyboard-map");
  await page.keyboard.press("Escape");
  await map.waitFor({ state: "hidden" });
}

async function withoutMouse(world) {
  const page = await world.stranger(PC);
  await signIn(world, page);
  const products = await sellable(page, 2);
  await newcomer(page);
  await twoLines(world, page, products);
  await page.keyboard.press("Control+Enter");
  await page.getByText("PDF 已生成").waitFor({ timeout: 120_000 });
  await page.keyboard.press("Control+k");
  const bar = page.getByRole("dialog", { name: "命令栏" });
  await bar.getByText("最近打开").waitFor();
  await bar.getByRole("option", { name: NEWCOMER }).first().waitFor();
  await world.look(page, "command-recent");
  await page.keyboard.type("没有这样的东西");
  await bar.getByText("没有找到「没有这样的东西」").waitFor();
  await world.look(page, "command-none");
}

async function byThumb(world) {
  const page = await world.person("销售", PHONE, { path: "/me" });
  await page.getByRole("button", { name: /^搜索或跳转/ }).click();
  const bar = page.getByRole("dialog", { name: "命令栏" });
  await bar.getByRole("combobox").fill("kjj");
  await world.look(page, "command");
  await bar.getByRole("option", { name: "快捷键" }).click();
  await page.getByRole("dialog", { name: "快捷键" }).getByText("在哪里都能用").waitFor();
  await world.look(page, "keyboard-map");
}

async function backupNow(world) {
  const page = await world.person("管理员", PC, { path: "/me" });
  await page.getByRole("link", { name: /^备份/ }).click();
  await page.getByRole("heading", { level: 1, name: "备份" }).waitFor();
  await page.getByRole("button", { name: "立即备份" }).click();
  await page.getByRole("list", { name: "备份" }).getByText("核对无误").first().waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: "立即备份" }).waitFor();
  await world.look(page, "backups");
  await page.setViewportSize(PHONE);
  await world.look(page, "backups");
  const seller = await world.person("销售", PC);
  equal((await world.post(seller, "/api/backups", {})).status(), 403, "a seller asks for a backup");
}

async function installed(world) {
  const page = await world.stranger(PC, undefined, { workers: "allow" });
  await world.signIn(page, await world.account("销售"));
  const manifest = await page.request.get("/manifest.webmanifest");
  equal(manifest.headers()["content-type"], "application/manifest+json", "the manifest's type");
  for (const { src, type } of (await manifest.json()).icons)
    equal((await page.request.get(src)).headers()["content-type"], type, src);
  equal((await page.request.get("/sw.js")).headers()["cache-control"], "no-cache", "how long the worker is kept");
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto("/quotes");
  await page.getByRole("heading", { level: 1 }).waitFor();
  const kept = await page.evaluate(async () => {
    const shelves = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = (await Promise.all(shelves.map((shelf) => shelf.keys()))).flat();
    return requests.map(({ url }) => new URL(url).pathname);
  });
  expect(kept.some((path) => path.startsWith("/assets/")), "parts of the app are kept");
  const foreign = kept.filter((path) => !path.startsWith("/assets/") && path !== "/offline.html");
  equal(foreign.join(" "), "", "what is kept besides parts and the page without network");
  await world.cut(page);
  await page.goto("/orders");
  await page.getByRole("heading", { name: "连不上服务器" }).waitFor();
  await world.look(page, "offline");
  await world.mend(page);
  await page.getByRole("link", { name: "再试一次" }).click();
  await page.waitForURL(/\/orders/);
}

export const stories = [
  { name: "a customer, a quotation of two lines and its number without a mouse", run: withoutMouse },
  { name: "the command bar and the map of keys by thumb", run: byThumb },
  { name: "an administrator has a backup made and sees that it was read back", run: backupNow },
  { name: "installed on a device it keeps its parts, and says when there is no network", run: installed },
];
