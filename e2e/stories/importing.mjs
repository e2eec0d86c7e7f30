// A price clerk imports what suppliers really send: several sheets, rows to decide about, a supplier that is remembered.
import { equal, expect } from "../lib/expect.mjs";
import { priceList, read, sellable, send } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const SUPPLIER = "恒泰建材";

const csv = (rows) => Buffer.from(`\uFEFF${rows.map((cells) => cells.join(",")).join("\r\n")}`);
const raised = (product) => (Number(product.price.unit_price) * 1.08).toFixed(2);

/** Rows as they come: in order, with a remark behind the price, without a price, under a code of the supplier's own. */
function priceFile([first, second, third, fourth]) {
  return csv([
    ["货号", "品名", "规格", "单位", "含税单价"],
    [first.code, first.name, first.spec ?? "", first.base_unit, raised(first)],
    [second.code, second.name, second.spec ?? "", second.base_unit, `${raised(second)}（含运费）`],
    [third.code, third.name, third.spec ?? "", third.base_unit, "面议"],
    ["HT-0001", `${fourth.name}新装`, fourth.spec ?? "", fourth.base_unit, raised(fourth)],
    ["HT-0002", "查无此货", "", first.base_unit, "12.00"],
    [first.code, first.name, first.spec ?? "", first.base_unit, "-3"],
  ]);
}

async function newDraft(world, page) {
  const item = await priceList(page);
  const made = await send(world, page, `/api/config/items/${item.id}/drafts`, { title: "供应商调价" });
  await page.goto(`/config/drafts/${made.id}?tab=import`);
  return made.id;
}

const upload = (page, name, buffer) =>
  page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/csv", buffer });

/** The button that is pressed or tapped, whatever the screen. */
const press = (page, name) => page.getByRole("button", { name }).first().click();

const asked = (page, text) => page.getByRole("row").filter({ hasText: text });

/** The search for a product in the sheet that settles a row. */
async function pickProduct(page, product) {
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("combobox").fill(product.code);
  await sheet.getByRole("option", { name: new RegExp(product.code) }).first().click();
  await sheet.getByRole("button", { name: "选定", exact: true }).click();
  await sheet.waitFor({ state: "hidden" });
}

async function fromSupplierToDraft(world, size) {
  const page = await world.person("总部运营", size);
  const products = await sellable(page, 4);
  const id = await newDraft(world, page);
  await upload(page, `${SUPPLIER}2026年5月价格表.csv`, priceFile(products));
  await page.getByRole("heading", { name: "要你定的行（3）" }).waitFor();
  await world.look(page, "import-asked");
  equal(await page.getByRole("combobox", { name: "供应商" }).inputValue(), SUPPLIER, "the supplier of the file's name");
  expect((await asked(page, "面议").count()) > 0, "the row without a price is named");
  await asked(page, "HT-0001").getByRole("button", { name: "选定…" }).click();
  await world.look(page, "import-settle");
  await pickProduct(page, products[3]);
  await page.getByRole("heading", { name: "要你定的行（2）" }).waitFor();
  await asked(page, "面议").getByRole("button", { name: "选定…" }).click();
  await page.getByRole("textbox", { name: "价格（元）" }).fill("66.5");
  await page.getByRole("dialog").getByRole("button", { name: "选定", exact: true }).click();
  await page.getByRole("heading", { name: "要你定的行（1）" }).waitFor();
  await page.getByRole("checkbox", { name: "全选" }).check();
  await press(page, "跳过勾选的 1 行");
  await page.getByRole("heading", { name: "要你定的行（0）" }).waitFor();
  await world.look(page, "import-settled");
  await press(page, /跳过 1 行有问题的/);
  await page.getByRole("tab", { name: /差异/, selected: true }).waitFor();
  await page.goto(`/config/drafts/${id}?tab=import`);
  await page.getByRole("link", { name: `${SUPPLIER}2026年5月价格表.csv` }).click();
  await page.getByRole("heading", { name: "导入结果" }).waitFor();
  await page.getByText("价格后面的「含运费」记为备注").waitFor();
  await world.look(page, "import-page");
  return { page, products };
}

async function rememberedSupplier(world) {
  const { page, products } = await fromSupplierToDraft(world, PC);
  const id = await newDraft(world, page);
  await upload(page, `${SUPPLIER}2026年6月价格表.csv`, priceFile(products));
  await page.getByRole("heading", { name: "要你定的行（2）" }).waitFor();
  const [newest] = (await read(page, `/api/config/drafts/${id}/imports`)).items;
  const seen = await read(page, `/api/config/imports/${newest.id}`);
  const remembered = seen.preview.mended.find((row) => row.said.code === "HT-0001");
  expect(remembered?.why.some((why) => why.includes("供应商以前的选择")), "the supplier's own code is remembered");
  await page.reload();
  await page.getByRole("heading", { name: "要你定的行（2）" }).waitFor();
  await press(page, "记住的供应商");
  await press(page, `看「${SUPPLIER}」`);
  await page.getByText(/商品「HT-0001/).waitFor();
  await world.look(page, "import-suppliers");
  await press(page, `忘掉「${SUPPLIER}」`);
  await page.getByRole("button", { name: `忘掉「${SUPPLIER}」` }).waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await press(page, "换一个文件");
  await page.locator('input[type="file"]').waitFor({ state: "attached" });
}

async function severalSheets(world) {
  const page = await world.person("总部运营", PC);
  await newDraft(world, page);
  const book = new URL("../../crates/connect/tests/price_files/files/14_several_sheets.xlsx", import.meta.url);
  await page.locator('input[type="file"]').setInputFiles(book.pathname);
  await page.getByRole("heading", { name: "工作表（4）" }).waitFor();
  equal(await page.getByRole("checkbox", { name: "涂料" }).isChecked(), true, "a sheet with prices is taken");
  equal(await page.getByRole("checkbox", { name: "旧价" }).isChecked(), false, "one with old prices is not");
  await world.look(page, "import-sheets");
  await page.getByRole("checkbox", { name: "五金" }).click();
  await page.getByText("未选的工作表 7").first().waitFor();
  await press(page, "看「五金」的列");
  await page.getByRole("heading", { name: "「五金」的列对应" }).waitFor();
  await page.getByRole("checkbox", { name: "五金" }).click();
  await page.getByText("未选的工作表 4").first().waitFor();
  await press(page, "换一个文件");
}

export const stories = [
  { name: "a supplier's file is settled row by row, shown to others, and remembered", run: rememberedSupplier },
  {
    name: "a supplier's file is settled on a phone",
    run: async (world) => {
      await fromSupplierToDraft(world, PHONE);
    },
  },
  { name: "of several sheets those with prices are taken", run: severalSheets },
];
