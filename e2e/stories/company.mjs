// The company's papers: what is printed on every quotation is asked before it changes, the seal above all.
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, read, sellable } from "../lib/office.mjs";
import { redRing } from "../lib/seal.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const profile = (page) => read(page, "/api/company/profile");

async function bankAccount(world) {
  const page = await world.person("管理员", PC, { path: "/company" });
  const before = await profile(page);
  await typeAccount(page, "6222-0201 账号");
  await page.getByText("银行账号只写数字，可以用空格分段，8 到 30 位").waitFor();
  equal((await profile(page)).bank_account, before.bank_account, "account after a wrong one");
  await typeAccount(page, "3225 0198 6236 0000 7011");
  const sheet = page.getByRole("dialog", { name: "修改银行账号" });
  await sheet.getByText(before.bank_account).waitFor();
  await sheet.getByText("会印在以后每一份报价单上").waitFor();
  await world.look(page, "company-account");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  equal((await profile(page)).bank_account, before.bank_account, "account after looking again");
  await typeAccount(page, "3225 0198 6236 0000 7011");
  await sheet.getByRole("button", { name: "确认修改" }).click();
  await sheet.waitFor({ state: "hidden" });
  equal((await profile(page)).bank_account, "3225 0198 6236 0000 7011", "account after agreeing");
}

async function typeAccount(page, text) {
  await page.getByTitle("修改银行账号").click();
  await page.getByRole("textbox", { name: "银行账号" }).fill(text);
  await page.keyboard.press("Enter");
}

async function seal(world) {
  const page = await world.person("管理员", PC, { path: "/company" });
  const file = page.locator('input[type="file"]');
  await useSeal(world, page, file);
  await refusedSeal(world, page, file);
  await page.getByRole("button", { name: "去掉公章" }).click();
  const sheet = page.getByRole("dialog", { name: "去掉公章？" });
  await sheet.getByRole("img", { name: "现在用的公章" }).waitFor();
  await world.look(page, "company-seal-remove");
  expect((await profile(page)).seal_file !== null, "the seal is there until one agrees");
  await sheet.getByRole("button", { name: "去掉公章" }).click();
  await page.getByText("还没有公章").waitFor();
  equal((await profile(page)).seal_file, null, "seal");
  await world.look(page, "company-seal-removed");
  await withoutSeal(world, PHONE);
  await withoutSeal(world, PC);
  await page.getByRole("button", { name: "放回刚才的公章" }).click();
  await page.getByRole("img", { name: "现在用的公章" }).waitFor();
  expect((await profile(page)).seal_file !== null, "the seal is back");
}

async function useSeal(world, page, file) {
  const before = (await profile(page)).seal_file;
  await sealIsSeen(page);
  await file.setInputFiles(await redRing(page, "公章.png"));
  await page.getByRole("img", { name: "新的公章，请看清楚" }).waitFor();
  await world.look(page, "company-seal-new");
  equal((await profile(page)).seal_file, before, "seal while one looks at the new one");
  await page.getByRole("button", { name: "用这枚公章" }).click();
  await page.getByRole("img", { name: "新的公章，请看清楚" }).waitFor({ state: "detached" });
  await page.reload();
  await sealIsSeen(page);
  await world.look(page, "company-seal-used");
}

/** The picture in use has come from the server. */
async function sealIsSeen(page) {
  const shown = page.getByRole("img", { name: "现在用的公章" });
  await shown.waitFor();
  await page.waitForFunction((img) => img.complete, await shown.elementHandle());
  expect((await shown.evaluate((img) => img.naturalWidth)) > 0, "the seal's picture is shown");
}

async function refusedSeal(world, page, file) {
  const before = (await profile(page)).seal_file;
  const photo = await page.screenshot({ type: "jpeg", quality: 40 });
  await file.setInputFiles({ name: "扫描.jpg", mimeType: "image/jpeg", buffer: photo });
  await page.getByRole("button", { name: "用这枚公章" }).click();
  await page.getByRole("alert").filter({ hasText: "公章图片" }).waitFor();
  equal(await page.getByText("已选好").count(), 0, "words of success beside a refusal");
  await world.look(page, "company-seal-refused");
  equal((await profile(page)).seal_file, before, "seal after a refusal");
}

/** A salesperson learns of it before the button and after it. */
async function withoutSeal(world, size) {
  const seller = await world.person("销售", size);
  const who = await customer(seller);
  const made = await draft(world, seller, who.id, await sellable(seller, 2));
  await seller.goto(`/quotes/${made.id}`);
  await seller.getByText("公司还没有公章：这样出具的报价单上没有章").waitFor();
  await world.look(seller, "quote-no-seal");
  await seller.getByRole("button", { name: "出具报价单" }).click();
  await seller.getByText("PDF 已生成，没有公章").waitFor({ timeout: 120_000 });
  await world.look(seller, "quote-issued-no-seal");
}

async function leaving(world) {
  const page = await world.person("人事", PC, { path: "/people" });
  await page.getByRole("button", { name: /林小满/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "停用账号" }).click();
  const sheet = page.getByRole("dialog", { name: "停用 林小满 的账号？" });
  await sheet.getByText("停用后马上在所有设备上退出").waitFor();
  await world.look(page, "person-leaving");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  await page.getByRole("dialog", { name: "修改人员" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "新建人员" }).click();
  const form = page.getByRole("dialog", { name: "新建人员" });
  await form.getByLabel("初始密码").fill("short");
  await form.getByRole("button", { name: "保存" }).click();
  await form.getByText("密码太短，请至少用 8 个字符").waitFor();
  await form.getByText("请选择所属部门").waitFor();
  await world.look(page, "person-new");
}

export const stories = [
  { name: "what is printed on every quotation is looked at before it changes", run: bankAccount },
  { name: "the seal is looked at before it is used, asked before it goes, and missed before one issues", run: seal },
  { name: "closing an account asks first, and a new one needs its place and a password", run: leaving },
];
