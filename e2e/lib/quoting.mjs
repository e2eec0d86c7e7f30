// How a salesperson makes a quotation: with the keyboard at a PC, with the thumb on a phone.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Begins at 今天 on a PC: the customer and every line by keyboard alone. */
export async function fillByKeyboard(page, customerName, products) {
  await page.getByRole("link", { name: "新建报价" }).first().click();
  await page.getByRole("combobox", { name: "搜索名称、联系人" }).waitFor();
  await page.keyboard.type(customerName, { delay: 10 });
  await page.getByRole("option", { name: customerName }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/quotes\/\d+/);
  await page.getByRole("combobox", { name: "第 1 行 商品" }).focus();
  for (const [at, product] of products.entries()) {
    // Without a look at what was found: the keys that follow Enter wait for its answer.
    await page.keyboard.type(product.code, { delay: 10 });
    await page.keyboard.press("Enter");
    await page.keyboard.type(String(10 * (at + 1)), { delay: 10 });
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: `第 ${at + 2} 行 商品` }).and(page.locator(":focus")).waitFor();
  }
}

/** Begins at 今天 on a phone: the plus, the customer, and every product from the search. */
export async function fillByThumb(page, customerName, products) {
  await page.getByRole("button", { name: "新建", exact: true }).tap();
  await page.getByRole("button", { name: "新建报价" }).tap();
  await page.getByRole("combobox", { name: "搜索名称、联系人" }).fill(customerName);
  await page.getByRole("option", { name: customerName }).first().tap();
  await page.waitForURL(/\/quotes\/\d+/);
  const search = page.getByRole("searchbox", { name: "名称、编码、条码或拼音首字母" });
  for (const product of products) {
    await search.fill(product.code);
    const named = labelOf(product);
    const found = page.getByRole("dialog").getByRole("list", { name: "商品" });
    await found.getByRole("button", { name: `添加 ${named}`, exact: true }).tap();
    await found.getByRole("button", { name: `增加 ${named} 数量`, exact: true }).tap();
  }
}

/** How a screen reader tells products of one name apart. */
export const labelOf = (product) => [product.name, product.spec, product.code].filter(Boolean).join(" ");

/** Presses the one button, and gives back the quotation as the server has it. */
export async function issue(page) {
  await page.getByText("已保存").first().waitFor();
  await page.getByRole("button", { name: "出具报价单" }).click();
  await page.getByText("PDF 已生成").waitFor({ timeout: 120_000 });
  const id = Number(/\/quotes\/(\d+)/.exec(page.url())?.[1]);
  return (await page.request.get(`/api/quotes/${id}`)).json();
}

/** Fetches the PDF and says what stands in it, and whether it carries a picture with transparency. */
export async function readPdf(page, quote, folder) {
  const answer = await page.request.get(`/api/quotes/${quote.id}/pdf`);
  const bytes = await answer.body();
  const path = join(folder, `quote-${quote.id}.pdf`);
  await writeFile(path, bytes);
  const text = (await run("pdftotext", ["-layout", path, "-"])).stdout;
  const images = (await run("pdfimages", ["-list", path])).stdout;
  return { path, bytes, text, sealed: /\bsmask\b/.test(images), type: answer.headers()["content-type"] };
}

/** Records the customer's consent with a photo of the signed page; the order's page is open afterwards. */
export async function sign(page) {
  await page.getByRole("button", { name: "客户已签，录入签约" }).click();
  const photo = await page.screenshot({ type: "jpeg", quality: 60 });
  await page
    .locator('[role="dialog"] input[type="file"]')
    .setInputFiles({ name: "签字页.jpg", mimeType: "image/jpeg", buffer: photo });
  await page.getByText("已选好").waitFor();
  const signer = page.getByRole("textbox", { name: "签字人" });
  if ((await signer.inputValue()) === "") await signer.fill("王建国");
}

/** Saves what `sign` filled in. */
export async function saveSigned(page) {
  await page.getByRole("button", { name: "保存并生成订单" }).click();
  await page.waitForURL(/\/orders\/\d+/);
}

/** Waits until the page says that what was typed is saved. */
export async function saved(page) {
  await page.getByText("已保存").first().waitFor();
}
