// Another system is told what happens: an address is made, its secret shown once, what fails is seen and sent again.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { equal, expect } from "../lib/expect.mjs";
import { customer, issued, sellable } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Another system on this machine: keeps what comes, and answers with `status`. */
async function receiver() {
  const it = { came: [], status: 204 };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      it.came.push({ headers: request.headers, body });
      response.writeHead(it.status, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(it.status === 204 ? undefined : "接口正在维护");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  it.address = `http://127.0.0.1:${server.address().port}/hooks`;
  it.stop = () => server.close();
  return it;
}

/** As the specification tells receivers to look at it. */
function isSigned({ headers, body }, secret) {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const wanted = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return headers["webhook-signature"].split(" ").includes(wanted);
}

async function comes(other, type) {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const found = other.came.find(({ body }) => JSON.parse(body).type === type);
    if (found) return found;
    await pause(100);
  }
  throw new Error(`${type} never came: ${JSON.stringify(other.came)}`);
}

/** From the empty page to the secret that is shown once. */
async function made(world, page, address) {
  await page.getByRole("link", { name: "外发地址" }).click();
  await page.getByText("还没有外发地址").waitFor();
  await world.look(page, "webhooks-empty");
  await page.getByRole("button", { name: "新建外发地址" }).click();
  const sheet = page.getByRole("dialog", { name: "新建外发地址" });
  await sheet.getByRole("button", { name: "建好并显示密钥" }).click();
  await sheet.getByText("请写名称").waitFor();
  await sheet.getByText("至少选一项").waitFor();
  await sheet.getByRole("textbox", { name: "名称" }).fill("金蝶 ERP");
  await sheet.getByRole("textbox", { name: "接收网址" }).fill("erp.example.cn");
  await sheet.getByRole("checkbox", { name: "出具报价单" }).check();
  await sheet.getByRole("button", { name: "建好并显示密钥" }).click();
  await sheet.getByText("地址应写成").first().waitFor();
  await world.look(page, "webhooks-new");
  await sheet.getByRole("textbox", { name: "接收网址" }).fill(address);
  await sheet.getByRole("button", { name: "建好并显示密钥" }).click();
  const shown = page.getByRole("dialog", { name: "签名密钥" });
  const secret = await shown.getByText(/^whsec_/).innerText();
  await world.look(page, "webhooks-secret");
  await shown.getByRole("button", { name: "我已保存好" }).click();
  await shown.waitFor({ state: "hidden" });
  expect(!(await page.content()).includes(secret), "the secret is shown once");
  return secret;
}

async function told(world) {
  const other = await receiver();
  try {
    const page = await world.person("管理员", PC, { path: "/me" });
    const secret = await made(world, page, other.address);
    await page.getByRole("link", { name: "金蝶 ERP" }).click();
    await page.getByText("还没有发过消息").waitFor();
    const seller = await world.person("销售", PC);
    const quote = await issued(world, seller, (await customer(seller)).id, await sellable(seller, 1));
    const came = await comes(other, "quote.issued");
    expect(isSigned(came, secret), "the receiver finds our signature");
    equal(JSON.parse(came.body).data.record.number, quote.number, "the number that was told");
    expect(!/price|cost|net|margin/.test(came.body), `no figures are told: ${came.body}`);
    await page.reload();
    const list = page.getByRole("list", { name: "发送记录列表" });
    await list.getByText("已送到").first().waitFor();
    await list.getByText(`报价单 ${quote.number}`).waitFor();
    other.status = 500;
    await page.getByRole("button", { name: "发测试消息" }).click();
    await list.getByText("对方没有收下").first().waitFor();
    await list.getByText("接口正在维护").first().waitFor();
    await world.look(page, "webhook-failing");
    await page.getByRole("button", { name: "更多操作" }).click();
    await page.getByRole("button", { name: "停用", exact: true }).click();
    await page.getByText("手动停用").waitFor();
    await list.getByText("失败", { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "启用", exact: true }).click();
    other.status = 204;
    await page.getByRole("button", { name: "重发全部失败的（1）" }).click();
    await list.getByText("失败", { exact: true }).first().waitFor({ state: "hidden" });
    await page.getByRole("tab", { name: /^已送到/ }).click();
    await list.getByText("测试消息").waitFor();
    const pings = other.came.filter(({ body }) => JSON.parse(body).type === "ping");
    equal(new Set(pings.map(({ headers }) => headers["webhook-id"])).size, 1, "ids of one message");
    await world.look(page, "webhook");
    await page.setViewportSize(PHONE);
    await world.look(page, "webhook");
    await page.goto("/webhooks");
    await page.getByRole("list", { name: "外发地址列表" }).waitFor();
    await world.look(page, "webhooks");
  } finally {
    other.stop();
  }
}

export const stories = [
  { name: "another system is told what happens, and what it did not take is sent again", run: told },
];
