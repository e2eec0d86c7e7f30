// Pictures of products: head office adds, orders and takes back; a seller finds goods by them, and the customer sees
// them on the link and on paper, as they were on the day.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, read, sellable } from "../lib/office.mjs";
import { issue, labelOf, readPdf } from "../lib/quoting.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const run = promisify(execFile);
const DROP = 'input[type="file"]';

/** A picture of one colour with a frame, another one for each name. */
async function painted(page, name, colour, type = "image/png") {
  const address = await page.evaluate(
    ([fill, kind]) => {
      const canvas = document.createElement("canvas");
      canvas.width = 900;
      canvas.height = 700;
      const pen = canvas.getContext("2d");
      pen.fillStyle = fill;
      pen.fillRect(0, 0, 900, 700);
      pen.fillStyle = "#fff";
      pen.fillRect(120, 120, 660, 90);
      return canvas.toDataURL(kind);
    },
    [colour, type],
  );
  return { name, mimeType: type, buffer: Buffer.from(address.split(",")[1], "base64") };
}

const product = (page, id) => read(page, `/api/products/${id}`);

/** A product that has no picture yet. */
async function bare(page) {
  const found = (await sellable(page, 40)).find((one) => one.thumb === null);
  expect(found, "the demo company has a product without a picture");
  return found;
}

/** Several at once, another main one, one away and back; and what is none is refused in words. */
const gallery = (size, device, nth) => async (world) => {
  const page = await world.person("总部运营", size, { nth });
  const { id } = await bare(page);
  await page.goto(`/products/${id}`);
  await page.getByText("还没有图片").waitFor();
  await world.look(page, `pictures-none-${device}`);
  const files = [
    await painted(page, "正面.png", "#0f6b5c"),
    await painted(page, "背面.jpg", "#b45309", "image/jpeg"),
    await painted(page, "包装.webp", "#1d4ed8", "image/webp"),
  ];
  await page.locator(DROP).setInputFiles(files);
  await page.getByText("已添加 3 张图片").waitFor();
  const added = (await product(page, id)).pictures;
  equal(added.length, 3, "pictures that were added");
  await world.look(page, `pictures-gallery-${device}`);

  await page.getByRole("button", { name: "看第 3 张图片" }).click();
  await page.getByRole("button", { name: "设为主图" }).click();
  await page.waitForFunction(
    async ([own, file]) => (await (await fetch(`/api/products/${own}`)).json()).pictures[0].file === file,
    [id, added[2].file],
  );
  await page.getByRole("button", { name: "删除图片" }).click();
  await page.getByText("已删除图片").waitFor();
  equal((await product(page, id)).pictures.length, 2, "pictures after one was taken away");
  await page.getByRole("button", { name: "撤销", exact: true }).click();
  await page.getByRole("button", { name: "看第 3 张图片" }).waitFor();
  equal((await product(page, id)).pictures[0].file, added[2].file, "the main one is back in its place");

  const cut = { ...files[0], buffer: files[0].buffer.subarray(0, 400) };
  await page.locator(DROP).setInputFiles(cut);
  await page.getByText("打不开").waitFor();
  await world.look(page, `pictures-refused-${device}`);
  const table = { name: "图.png", mimeType: "image/png", buffer: Buffer.from("编码,名称\nP1,漆\n") };
  await page.locator(DROP).setInputFiles(table);
  await page.getByText("不是图片").waitFor();
  equal((await product(page, id)).pictures.length, 3, "nothing of what was refused is kept");
};

/** The search shows the pictures; the switch puts them on the link and on paper. */
const onQuotes = (size, device) => async (world) => {
  const page = await world.person("销售", size);
  const all = await sellable(page, 40);
  const shown = all.filter((one) => one.thumb !== null).slice(0, 2);
  equal(shown.length, 2, "products of the demo company with a picture");
  const made = await draft(world, page, (await customer(page)).id, []);
  await page.goto(`/quotes/${made.id}`);
  for (const one of shown) await pick(world, page, size, device, one);
  if (size === PHONE) await page.getByRole("dialog").getByRole("button", { name: /^完成/ }).tap();
  await page.getByRole("checkbox", { name: "带产品图片" }).check();
  await page.getByText("已保存").first().waitFor();
  await page.getByRole("checkbox", { name: "带产品图片" }).scrollIntoViewIfNeeded();
  await world.look(page, `pictures-switch-${device}`);
  const quote = await issue(page);
  equal(quote.terms.pictures, true, "the switch of the document");
  const pdf = await readPdf(page, quote, world.pictures);
  const listed = (await run("pdfimages", ["-list", pdf.path])).stdout;
  equal(listed.split("\n").filter((row) => / jpeg /.test(row)).length >= 2, true, "photos on the paper");
  expect(pdf.bytes.length < 400 * 1024, "the file stays small");

  const shares = await world.post(page, `/api/quotes/${quote.id}/shares`, { last_day: null });
  const buyer = await world.stranger(size);
  await buyer.goto(`/s/${(await shares.json()).token}`);
  const link = buyer.getByRole("link", { name: `看${shown[0].name}的大图` }).first();
  await link.waitFor();
  await buyer.waitForFunction(() => [...document.images].every((it) => it.complete && it.naturalWidth > 0));
  await world.look(buyer, `pictures-shared-${device}`);
  const large = await buyer.request.get(await link.getAttribute("href"));
  equal(large.headers()["content-type"], "image/jpeg", "what the customer opens");
};

async function pick(world, page, size, device, one) {
  if (size === PHONE) {
    await page.getByRole("searchbox", { name: "名称、编码、条码或拼音首字母" }).fill(one.code);
    const found = page.getByRole("dialog").getByRole("list", { name: "商品" });
    const add = found.getByRole("button", { name: `添加 ${labelOf(one)}`, exact: true });
    await add.waitFor();
    await world.look(page, `pictures-picker-${device}`);
    await add.tap();
    return;
  }
  const cell = page.getByRole("combobox", { name: /^第 \d+ 行 商品$/ }).last();
  await cell.fill(one.code);
  await page.getByRole("option", { name: one.code }).first().waitFor();
  await world.look(page, `pictures-picker-${device}`);
  await page.keyboard.press("Enter");
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
}

export const stories = [
  { name: "pictures of a product at a PC", run: gallery(PC, "pc", 0) },
  { name: "pictures of a product on a phone", run: gallery(PHONE, "phone", 1) },
  { name: "pictures on a quotation at a PC", run: onQuotes(PC, "pc") },
  { name: "pictures on a quotation on a phone", run: onQuotes(PHONE, "phone") },
];
