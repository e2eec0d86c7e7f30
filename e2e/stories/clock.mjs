// What happens by itself: a rule is changed in the workbench, a quotation becomes a task, and the task is done by thumb.
import { equal, expect } from "../lib/expect.mjs";
import { customer, issued, putRows, read, sellable, send } from "../lib/office.mjs";
import { onceMore, PC, PHONE } from "../lib/world.mjs";

const RULE = {
  name: "出具后回电话",
  on: true,
  trigger: { kind: "event", event: "quote_issued", minutes: 0 },
  actions: [{ kind: "task", to: ["owner"], text: "给客户打电话确认收到", minutes: 60, proof: "text" }],
};

const rules = async (page) => (await read(page, "/api/config/items?kind=rule")).items[0];

/** The shipped rules stand in the first draft; one is changed on the screen, one is added, and a second person confirms. */
async function ruleChanged(world) {
  const author = await world.person("总部运营", PC);
  const item = await rules(author);
  const draft = await send(world, author, `/api/config/items/${item.id}/drafts`, { title: "出具后回电话" });
  await author.goto(`/config/drafts/${draft.id}?tab=edit`);
  await author.getByRole("button", { name: /^报价没有进展/ }).click();
  await author.getByRole("textbox", { name: "几个工作日" }).fill("3");
  await author.getByRole("textbox", { name: "几个工作日" }).blur();
  await author.getByText("出具后 3 个工作日没有进展").waitFor();
  await world.look(author, "rules-edit");
  await author.getByText("已保存").first().waitFor();
  const now = await read(author, `/api/config/drafts/${draft.id}`);
  await putRows(world, author, now, [{ key: "call_back", content: RULE }]);
  await author.goto(`/config/drafts/${draft.id}?tab=checks`);
  await world.look(author, "rules-checks");
  await send(world, author, `/api/config/drafts/${draft.id}/submit`, { effective_at: null, note: "每张都回电话" });
  const second = await world.person("总部运营", PC, { nth: 1 });
  await send(world, second, `/api/config/drafts/${draft.id}/confirm`, {});
  await send(world, author, `/api/config/drafts/${draft.id}/publish`, {});
  await author.goto(`/config/items/${item.id}`);
  await author.getByText("出具后回电话").first().waitFor();
  await world.look(author, "rules-item");
  const phone = await world.person("总部运营", PHONE);
  await phone.goto(`/config/items/${item.id}`);
  await world.look(phone, "rules-item-phone");
}

/** The task stands on the open screen by itself; it is done with its word, taken back, and handed over. */
async function taskDone(world) {
  const seller = await world.person("销售", PHONE);
  await seller.goto("/tasks");
  await seller.getByRole("heading", { level: 1, name: "任务" }).waitFor();
  const who = await customer(seller);
  const quote = await issued(world, seller, who.id, await sellable(seller, 1));
  const card = seller.getByRole("listitem").filter({ hasText: quote.number });
  await card.getByText("给客户打电话确认收到").waitFor();
  await world.look(seller, "tasks-phone");
  await card.getByRole("button", { name: "完成" }).tap();
  const sheet = seller.getByRole("dialog");
  await sheet.getByRole("button", { name: "确认完成" }).tap();
  await sheet.getByText("请写一句结果").waitFor();
  await sheet.getByRole("textbox", { name: /结果如何/ }).fill("已电话确认，客户下周定");
  await world.look(seller, "task-finish-phone");
  await onceMore(seller);
  await sheet.getByRole("button", { name: "确认完成" }).tap();
  await seller.getByRole("button", { name: "撤销" }).tap();
  await card.getByText("给客户打电话确认收到").waitFor();
  await card.getByRole("button", { name: "转给同事" }).tap();
  await seller.getByRole("dialog").getByRole("radio").first().waitFor();
  await world.look(seller, "task-hand-over-phone");
  await seller.getByRole("dialog").getByRole("button", { name: "返回" }).tap();
  await card.getByRole("button", { name: "退回" }).tap();
  await seller.getByRole("dialog").getByRole("textbox").fill("客户已经转给别人");
  await seller.getByRole("dialog").getByRole("button", { name: "退回", exact: true }).tap();
  await seller.getByText("任务已退回").waitFor();
  const manager = await world.person("区域经理", PC);
  await manager.goto("/notices");
  await manager.getByText(/客户已经转给别人/).first().waitFor();
  await world.look(manager, "notices");
  await manager.goto("/tasks");
  await manager.getByRole("tab", { name: /手下的待办/ }).click();
  await world.look(manager, "tasks-team");
  const counts = await read(manager, "/api/notices/counts");
  expect(counts.unread > 0, "the message counts as unread");
}

/** Quiet hours are kept for the person who set them. */
async function quietHours(world) {
  const page = await world.person("销售", PHONE);
  await page.goto("/notices");
  await page.getByRole("checkbox", { name: "安静时段" }).tap();
  await page.getByRole("button", { name: "保存" }).tap();
  await page.getByText(/已保存/).waitFor();
  await world.look(page, "notices-phone");
  const kept = await read(page, "/api/me/notices");
  equal(`${kept.quiet_from}-${kept.quiet_to}`, "22:00-07:30", "the quiet hours");
}

export const stories = [
  { name: "a rule is changed, checked by a second person and in force", run: ruleChanged },
  { name: "a task comes by itself, is done, taken back and refused by thumb", run: taskDone },
  { name: "quiet hours are kept", run: quietHours },
];
