// Everybody gets in, and only with the password.
import { equal, expect } from "../lib/expect.mjs";
import { PC, PHONE } from "../lib/world.mjs";

async function everyRoleSignsIn(world) {
  const accounts = await world.accounts();
  const roles = new Set(accounts.map((it) => it.role_name));
  expect(roles.size >= 10, `ten roles are offered, not ${[...roles].join("、")}`);
  for (const [at, account] of accounts.entries()) {
    const page = await world.stranger(at % 2 === 0 ? PHONE : PC);
    await page.goto("/login");
    if (at < 2) await world.look(page, "login");
    await page.getByRole("button", { name: `${account.role_name} ${account.name}` }).click();
    await page.getByRole("heading", { level: 1 }).filter({ hasText: account.name }).waitFor();
    if (at < 2) await world.look(page, "today-first");
    await page.context().close();
  }
}

async function wrongPasswordSaysSo(world) {
  const page = await world.stranger(PHONE);
  await page.goto("/quotes");
  await page.waitForURL(/\/login/);
  await page.getByRole("textbox", { name: "账号" }).fill(await world.account("销售"));
  await page.getByLabel("密码").fill("not-the-password");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("alert").waitFor();
  await world.look(page, "login-refused");
  await page.getByLabel("密码").fill("huxi-demo");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL(/\/quotes$/);
}

async function signingOutEverywhere(world) {
  const phone = await world.person("销售", PHONE, { path: "/me" });
  const pc = await world.person("销售", PC, { path: "/me" });
  await world.look(phone, "me");
  await world.look(pc, "me");
  await phone.getByRole("button", { name: "在所有设备上退出" }).click();
  await phone.waitForURL(/\/login/);
  equal((await pc.request.get("/api/me")).status(), 401, "the other device");
}

export const stories = [
  { name: "every role signs in with one tap", run: everyRoleSignsIn },
  { name: "a wrong password says so, the right one leads to where one wanted to go", run: wrongPasswordSaysSo },
  { name: "signing out everywhere ends the other device too", run: signingOutEverywhere },
];
