// Nobody issues or signs at a dead price, in no tab.
import { equal, expect } from "../lib/expect.mjs";
import { customer, draft, issued, publishPrices, read, sellable } from "../lib/office.mjs";
import { issue, saveSigned, sign } from "../lib/quoting.mjs";
import { PC, PHONE } from "../lib/world.mjs";

async function publishedMeanwhile(world) {
  const page = await world.person("销售", PHONE);
  const who = await customer(page);
  const products = await sellable(page, 1);
  const made = await draft(world, page, who.id, products);
  const laidAside = await draft(world, page, who.id, products);
  await page.goto(`/quotes/${made.id}`);
  const other = await page.context().newPage();
  await other.goto(`/quotes/${made.id}`);
  await page.getByRole("button", { name: "出具报价单" }).waitFor();
  const author = await world.person("总部运营", PC);
  const second = await world.person("总部运营", PC, { nth: 1 });
  await publishPrices(world, author, second, products, 110);
  await page.getByRole("button", { name: "出具报价单" }).tap();
  await page.getByRole("dialog").getByText("价格刚刚变了").waitFor();
  await world.look(page, "price-changed");
  equal((await read(page, `/api/quotes/${made.id}`)).state, "draft", "nothing is issued yet");
  await page.getByRole("button", { name: "按新价出具" }).tap();
  await page.getByText("PDF 已生成").waitFor({ timeout: 120_000 });
  const after = await read(page, `/api/quotes/${made.id}`);
  equal(after.state, "issued", "state");
  expect(Number(after.totals.net) > Number(made.totals.net), "the quotation stands at the new price");
  // The other tab still shows the draft at the old price: it must not issue a second time.
  await other.getByRole("button", { name: "出具报价单" }).click();
  await other.getByRole("alert").or(other.getByText(after.number)).first().waitFor();
  const again = await read(page, `/api/quotes/${made.id}`);
  equal(again.number, after.number, "number");
  equal(again.totals.net, after.totals.net, "total");
  await toldOnOpening(world, page, laidAside);
}

/** A draft that was laid aside says that its prices moved; the back button closes the sheet and not the page. */
async function toldOnOpening(world, page, quote) {
  await page.goto("/quotes?state=draft");
  await page.locator(`a[href$="/quotes/${quote.id}"]`).first().tap();
  await page.getByText("上次保存以后，价格变了").waitFor();
  await world.look(page, "quote-moved");
  await page.getByRole("button", { name: "看新旧价格" }).tap();
  await page.getByRole("dialog").waitFor();
  await world.look(page, "quote-moved-lines");
  await page.goBack();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  // The browser goes back first and is then brought forward again: the page stays.
  await page.waitForURL((url) => url.pathname.endsWith(`/quotes/${quote.id}`));
  // Whoever scrolled past it is asked once more at the button.
  await page.getByRole("button", { name: "出具报价单" }).last().tap();
  await page.getByRole("dialog").getByRole("button", { name: "按新价出具" }).waitFor();
  await world.look(page, "quote-moved-asked");
  await page.getByRole("dialog").getByRole("button", { name: "回去再看看" }).tap();
  equal((await read(page, `/api/quotes/${quote.id}`)).state, "draft", "state after going back");
  await page.getByRole("button", { name: "知道了" }).tap();
  await page.getByText("上次保存以后，价格变了").waitFor({ state: "hidden" });
}

async function withdrawnList(world) {
  const seller = await world.person("销售", PHONE);
  const who = await customer(seller);
  const products = await sellable(seller, 1);
  const quote = await issued(world, seller, who.id, products);
  await seller.goto(`/quotes/${quote.id}`);
  await seller.getByRole("button", { name: "客户已签，录入签约" }).waitFor();
  const author = await world.person("总部运营", PC);
  const second = await world.person("总部运营", PC, { nth: 1 });
  await publishPrices(world, author, second, products, 105, { voids: true });
  // The page was open before the list was withdrawn.
  await sign(seller);
  await seller.getByRole("button", { name: "保存并生成订单" }).click();
  await seller.getByRole("dialog").getByRole("alert").waitFor();
  await world.look(seller, "sign-void");
  equal((await read(seller, `/api/quotes/${quote.id}`)).state, "issued", "state after the refusal");
  await seller.reload();
  await seller.getByRole("button", { name: "修订", exact: true }).waitFor();
  await world.look(seller, "quote-void");
  await released(world, author, quote);
  await seller.reload();
  await sign(seller);
  await saveSigned(seller);
  equal((await read(seller, `/api/quotes/${quote.id}`)).state, "signed", "state after HQ let it pass");
}

async function released(world, hq, quote) {
  await hq.goto(`/quotes/${quote.id}`);
  await hq.getByRole("button", { name: "总部放行" }).click();
  await hq.getByRole("textbox", { name: "原因" }).fill("签约前已口头承诺，客户当天打款");
  await world.look(hq, "quote-release");
  await hq.getByRole("dialog").getByRole("button", { name: "总部放行" }).click();
  await hq.getByText("总部已放行").first().waitFor();
}

async function anotherSpring(world) {
  const page = await world.person("销售", PC);
  const who = await customer(page);
  const made = await draft(world, page, who.id, await sellable(page, 2));
  await page.goto(`/quotes/${made.id}`);
  await page.clock.install({ time: new Date("2020-01-01T08:00:00+08:00") });
  await page.reload();
  const quote = await issue(page);
  expect(quote.issued_at > Date.parse("2025-01-01"), "the server's clock counts, not the browser's");
  expect(quote.valid_until > "2025-01-01", "the last day counts from the server's day");
}

export const stories = [
  { name: "prices published between loading and issuing are shown, and nothing is saved before one agrees", run: publishedMeanwhile },
  { name: "a quotation on a withdrawn list cannot be signed until HQ lets it pass", run: withdrawnList },
  { name: "a browser whose clock is years back issues at today's price", run: anotherSpring },
];
