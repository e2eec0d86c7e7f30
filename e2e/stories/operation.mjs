// Those who look after the program: keys, the log, rights, another's eyes, the description of the interface.
import { equal, expect } from "../lib/expect.mjs";
import { read } from "../lib/office.mjs";
import { PC, PHONE } from "../lib/world.mjs";

/** Asks as a program with a key would, without any cookie. */
const withKey = (world, secret, path) =>
  fetch(`${world.program.base}${path}`, { headers: { Authorization: `Bearer ${secret}` } });

async function keys(world) {
  const page = await world.person("总部运营", PC, { path: "/me" });
  await page.getByRole("link", { name: "API 密钥" }).click();
  await page.getByText("还没有密钥").waitFor();
  await world.look(page, "keys-empty");
  await page.getByRole("button", { name: "新建密钥" }).click();
  const sheet = page.getByRole("dialog", { name: "新建密钥" });
  await sheet.getByRole("button", { name: "建好并显示密钥" }).click();
  await sheet.getByText("请写用途").waitFor();
  await sheet.getByText("至少选一项").waitFor();
  await sheet.getByRole("textbox", { name: "用途" }).fill("金蝶对账");
  await sheet.getByRole("checkbox", { name: "看订单" }).check();
  await world.look(page, "keys-new");
  await sheet.getByRole("button", { name: "建好并显示密钥" }).click();
  const made = page.getByRole("dialog", { name: "密钥已建好" });
  const secret = await made.getByText(/^huxi_/).innerText();
  await made.getByRole("button", { name: "我已保存好" }).click();
  await made.waitFor({ state: "hidden" });
  equal((await withKey(world, secret, "/api/orders")).status, 200, "orders with the key");
  equal((await withKey(world, secret, "/api/customers")).status, 403, "customers with the key");
  expect(!(await page.content()).includes(secret), "the key is shown once");
  await page.reload();
  await page.getByText("最近使用").waitFor();
  await world.look(page, "keys");
  await page.getByRole("button", { name: "吊销" }).click();
  const ending = page.getByRole("dialog", { name: "吊销「金蝶对账」？" });
  await ending.getByRole("button", { name: "吊销" }).click();
  await page.getByText("已吊销").first().waitFor();
  equal((await withKey(world, secret, "/api/orders")).status, 401, "orders with the revoked key");
  await page.setViewportSize(PHONE);
  await world.look(page, "keys");
}

async function log(world) {
  const page = await world.person("管理员", PC, { path: "/me" });
  await page.getByRole("link", { name: "操作记录" }).click();
  const list = page.getByRole("list", { name: "操作记录列表" });
  await list.getByText("登录").first().waitFor();
  await world.look(page, "audit");
  await page.getByRole("button", { name: "做了什么" }).click();
  await page.getByRole("button", { name: "新建客户", exact: true }).click();
  await page.waitForURL(/kind=customer\.made/);
  await list.getByText("新建客户").first().waitFor();
  expect((await list.getByText("登录", { exact: true }).count()) === 0, "only what was asked for");
  await page.getByRole("searchbox").fill("没有这个东西");
  await page.getByText("没有找到").waitFor();
  await world.look(page, "audit-none");
  await page.getByRole("button", { name: "清除全部条件" }).click();
  await list.getByText("登录").first().waitFor();
  const sheet = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出 Excel" }).click();
  expect((await (await sheet).suggestedFilename()).endsWith(".xlsx"), "the log as Excel");
  await page.setViewportSize(PHONE);
  await world.look(page, "audit");
}

async function eyes(world) {
  const page = await world.person("管理员", PC, { path: "/people" });
  const seller = await world.account("销售");
  const people = (await read(page, `/api/people?q=${seller}`)).items;
  const person = people.find((one) => one.account === seller);
  await page.goto(`/people/${person.id}/rights`);
  await page.getByText("来自 销售（自己的）").first().waitFor();
  await world.look(page, "rights");
  await page.getByRole("button", { name: `以 ${person.name} 的身份查看` }).click();
  const sheet = page.getByRole("dialog", { name: `以 ${person.name} 的身份查看？` });
  await world.look(page, "view-as");
  await sheet.getByRole("button", { name: "开始查看" }).click();
  await page.getByText(`正在以 ${person.name} 的身份查看`).waitFor();
  await world.look(page, "viewing");
  equal((await read(page, "/api/me")).id, person.id, "whose eyes");
  const made = await world.post(page, "/api/customers", { name: "不该建成的客户" });
  equal((await made.json()).code, "viewing_only", "a change while viewing");
  equal((await page.request.get("/api/quotes")).status(), 403, "an administrator sees no quotations, through whatever eyes");
  await page.goto("/customers");
  await page.getByText(`正在以 ${person.name} 的身份查看`).waitFor();
  await page.setViewportSize(PHONE);
  await world.look(page, "viewing");
  await page.getByRole("button", { name: "结束查看" }).click();
  await page.getByRole("heading", { name: `${person.name} 的有效权限` }).waitFor();
  await world.look(page, "rights");
  const logged = (await read(page, "/api/audit?kind=person.viewed_as")).items;
  equal(logged[0].entity_id, person.id, "whom the log names");
}

async function docs(world) {
  const page = await world.stranger(PC);
  await page.goto("/api/docs");
  await page.getByRole("heading", { name: "接口说明" }).waitFor();
  await page.getByRole("searchbox", { name: "搜索地址或说明" }).fill("issue");
  await page.getByText("/api/quotes/{id}/issue").click();
  await page.getByText("expected_net").first().waitFor();
  await world.look(page, "api-docs");
  await page.setViewportSize(PHONE);
  await world.look(page, "api-docs");
}

export const stories = [
  { name: "a key for a program is shown once, works as far as it was given, and is revoked", run: keys },
  { name: "who did what is found, and exported", run: log },
  { name: "an administrator sees what somebody else sees, and changes nothing", run: eyes },
  { name: "the interface describes itself", run: docs },
];
