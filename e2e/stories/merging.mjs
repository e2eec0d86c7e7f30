// Two people change the same price: whose turn it is, and what each of them wrote.
import { equal } from "../lib/expect.mjs";
import { priceList, publishPrices, putRows, read, sellable, send } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

/** A submitted draft of the author that raises these products by ten yuan. */
async function raised(world, author, products) {
  const item = await priceList(author);
  const made = await send(world, author, `/api/config/items/${item.id}/drafts`, { title: "我的调价" });
  const rows = (await read(author, `/api/config/drafts/${made.id}/rows?limit=5000`)).items;
  const put = rows
    .filter((row) => products.some((product) => row.content?.product === product.id))
    .map((row) => ({ key: row.key, content: { ...row.content, price: "888.00" } }));
  await putRows(world, author, made, put);
  await send(world, author, `/api/config/drafts/${made.id}/submit`, { effective_at: null, note: "涨价" });
  return made.id;
}

async function bothChanged(world) {
  const author = await world.person("总部运营", PC);
  const second = await world.person("总部运营", PHONE, { nth: 1 });
  const products = await sellable(author, 2);
  const id = await raised(world, author, products);
  await publishPrices(world, second, author, products, 104);
  await second.goto(`/config/drafts/${id}`);
  await second.getByText(/等 .+ 合并最新版、重新提交，才能确认和发布/).waitFor();
  equal(await second.getByRole("button", { name: "合并最新版" }).count(), 0, "merging by another than the author");
  await world.look(second, "draft-behind-confirmer");
  await author.goto(`/config/drafts/${id}`);
  await author.getByText(/下一步：点「合并最新版」/).waitFor();
  await world.look(author, "draft-behind-author");
  await author.getByRole("button", { name: "合并最新版" }).click();
  const sheet = author.getByRole("dialog", { name: "两边都改了同一条" });
  for (const product of products) await sheet.getByText(product.code).first().waitFor();
  equal(await sheet.getByText("¥888.00").count(), products.length, "my prices in sight");
  await world.look(author, "draft-merge");
  await sheet.getByRole("button", { name: "全部用我的" }).click();
  await sheet.getByRole("button", { name: "合并最新版" }).click();
  await author.getByText("已合并最新版").waitFor();
  const rows = (await read(author, `/api/config/drafts/${id}/rows?limit=5000`)).items;
  equal(rows.filter((row) => row.content?.price === "888.00").length, products.length, "my prices after merging");
}

export const stories = [{ name: "a draft overtaken by another says whose turn it is, and merges row by row", run: bothChanged }];
