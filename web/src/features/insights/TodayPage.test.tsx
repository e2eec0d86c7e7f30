import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { client } from "../../api/client";
import { meQuery } from "../../api/session";
import type { BackupList, TodayItem } from "../../api/types";
// Loaded here, so that no test waits for it: the page asks for it when it is first shown.
import "./HouseCards";
import "./LaidAside";
import { TodayPage } from "./TodayPage";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, onClick, children }: { to: string; onClick?: () => void; children: ReactNode }) => (
    <a
      href={to}
      onClick={(event) => {
        event.preventDefault();
        onClick?.();
      }}
    >
      {children}
    </a>
  ),
  useNavigate: () => () => {},
  useRouter: () => ({}),
}));
vi.mock("../../parts/TaskStrip", () => ({ TaskStrip: () => null }));

afterEach(cleanup);

const item = (kind: string, tone: string, sentence: string): TodayItem => ({
  kind,
  tone,
  sentence,
  detail: "",
  net: null,
  due_day: null,
  at: null,
  link: { kind: "item", id: 1 },
  notice: null,
});

const noBackups: BackupList = { failed: null, items: [], keeps: 7, making: false, minute: null };

function today(
  rights: string[],
  items: TodayItem[] = [],
  { clock = null, viewing = null }: { clock?: string | null; viewing?: unknown } = {},
) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(meQuery.queryKey, { name: "小管", rights, viewing } as never);
  cache.setQueryData(["backups"], noBackups);
  cache.setQueryData(["clock", "aside"], { events: 0, timers: 1 });
  cache.setQueryData(["today"], { items, figures: {}, soon: 0, clock });
  render(
    <QueryClientProvider client={cache}>
      <TodayPage />
    </QueryClientProvider>,
  );
}

it("leads whoever only manages to their pages on a day without work", async () => {
  today(["people.read", "audit.read"]);
  const log = await screen.findByRole("link", { name: /操作记录/ });
  expect(log.getAttribute("href")).toBe("/audit");
  expect(screen.getByText("没有要处理的事")).toBeTruthy();
  expect(screen.getByRole("region", { name: "管理" })).toBeTruthy();
});

it("says at the head of the day that the clock of the server is behind", async () => {
  today(["company.write"], [], { clock: "服务器的时钟比最近一次操作慢了 2 天" });
  expect((await screen.findByRole("note")).textContent).toContain("慢了 2 天");
  cleanup();
  today(["people.read"]);
  await screen.findByText("没有要处理的事");
  expect(screen.queryByRole("note")).toBeNull();
});

it("leaves the day of everybody else as it was", async () => {
  today(["order.read", "product.read", "audit.read"]);
  expect(await screen.findByText("没有要处理的事")).toBeTruthy();
  expect(screen.queryByRole("region", { name: "管理" })).toBeNull();
});

it("keeps what merely informs apart from what is to be done", async () => {
  const told = item("price_changed", "info", "「区域价格走廊」V1 已生效");
  today(["order.read"], [item("config_returned", "waiting", "王磊退回了「标准价目表」"), told]);
  const todo = within(await screen.findByRole("region", { name: /要办的事/ }));
  expect(todo.getByText(/退回了/)).toBeTruthy();
  expect(todo.queryByText(/已生效/)).toBeNull();
  within(screen.getByRole("region", { name: "知道一下" })).getByText(/已生效/);
  cleanup();
  today(["order.read"], [told]);
  expect(await screen.findByText("没有要处理的事"), "news alone is no task").toBeTruthy();
  expect(screen.queryByRole("region", { name: /要办的事/ })).toBeNull();
});

it("makes a task of backups that were never made, for whoever keeps the company and nobody else", async () => {
  today(["people.read", "company.write"]);
  const todo = within(await screen.findByRole("region", { name: /要办的事/ }));
  const link = todo.getByRole("link", { name: /还没有备份，请先做一份/ });
  expect(link.getAttribute("href")).toBe("/backups");
  expect(screen.queryByText("没有要处理的事")).toBeNull();
  expect(await screen.findByRole("region", { name: "没做成的自动的事" })).toBeTruthy();
  cleanup();
  today(["people.read", "audit.read"]);
  expect(await screen.findByText("没有要处理的事")).toBeTruthy();
  expect(screen.queryByRole("region", { name: "没做成的自动的事" })).toBeNull();
});

it("puts what is about to end and what has ended under headings of their own that say the order", async () => {
  const due = (kind: string, id: number, day: string) => ({
    ...item(kind, "waiting", `第 ${id} 张`),
    due_day: day,
    link: { kind: "quote", id },
  });
  today(
    ["quote.write", "order.read"],
    [
      due("quote_expired", 1, "2026-11-27"),
      due("quote_expired", 2, "2026-11-23"),
      due("quote_expiring", 3, "2026-12-02"),
    ],
  );
  const expired = await screen.findByRole("region", { name: "已过期：过期最久的在前，同一天的按金额" });
  expect(
    within(expired)
      .getAllByText(/第 \d 张/)
      .map((one) => one.textContent),
  ).toEqual(["第 2 张", "第 1 张"]);
  const ending = screen.getByRole("region", { name: "要到期：先到期的在前，同一天的按金额" });
  expect(within(ending).getByText("第 3 张")).toBeTruthy();
});

it("puts what a customer has just accepted on top until it is opened, which reads its message", async () => {
  const post = vi.spyOn(client, "POST").mockResolvedValue({ response: new Response() } as never);
  const accepted = { ...item("order_accepted", "good", "恒泰刚在链接上确认了报价"), notice: 7 };
  today(["quote.write", "order.read"], [accepted, item("quote_asked", "urgent", "别的事")]);
  const [first] = await screen.findAllByRole("region");
  expect(first?.getAttribute("aria-labelledby")).toBeTruthy();
  const link = within(screen.getByRole("region", { name: /客户自己确认的/ })).getByRole("link");
  expect(first?.contains(link), "before everything else").toBe(true);
  expect(screen.queryByRole("region", { name: "知道一下" })).toBeNull();
  expect(screen.queryByText("没有要处理的事")).toBeNull();
  fireEvent.click(link);
  await waitFor(() =>
    expect(post).toHaveBeenCalledWith("/api/notices/{id}/read", { params: { path: { id: 7 } } }),
  );
  post.mockRestore();
});

it("says what is hidden, and not that nothing waits, through the eyes of somebody whose prices one may not see", async () => {
  const viewing = {
    by: { id: 1, name: "管理" },
    until: 0,
    locked: false,
    hidden: ["quote.read", "quote.write"],
  };
  today(["order.read"], [], { viewing });
  expect(await screen.findByText("报价和金额不给你看")).toBeTruthy();
  expect(screen.getByText(/小管有没有报价要办，这里不显示/)).toBeTruthy();
  expect(screen.queryByText("没有要处理的事")).toBeNull();
  cleanup();
  today(["order.read"], [], { viewing: { ...viewing, hidden: [] } });
  expect(await screen.findByText("没有要处理的事"), "what hides nothing").toBeTruthy();
});

const numbered = (kind: string, tone: string, n: number) => ({
  ...item(kind, tone, `${kind} 第 ${n} 件`),
  link: { kind: "item", id: n },
});
const many = Array.from({ length: 13 }, (_, n) => n + 1);

it("shows the first of each part with how many there are, and the rest when asked, for the keyboard too", async () => {
  const told = many.map((n) => numbered("price_changed", "info", n));
  const waiting = many.map((n) => numbered("config_returned", "waiting", n));
  today(["order.read"], [...waiting, ...told]);
  const news = within(await screen.findByRole("region", { name: "知道一下" }));
  expect(news.getAllByRole("link")).toHaveLength(3);
  const todo = within(screen.getByRole("region", { name: /要办的事/ }));
  expect(todo.getAllByRole("link")).toHaveLength(5);
  expect(todo.getByRole("heading").textContent).toMatch(/13 条$/);
  fireEvent.click(todo.getByRole("button", { name: "还有 8 条，展开" }));
  expect(todo.getAllByRole("link")).toHaveLength(13);
  expect(document.activeElement?.textContent, "goes on where the button was").toContain("第 6 件");
  fireEvent.click(news.getByRole("button", { name: "还有 10 条，展开" }));
  expect(news.getAllByRole("link")).toHaveLength(13);
  expect(news.queryByRole("button")).toBeNull();
  cleanup();
  today(["order.read"], told.slice(0, 4));
  const few = within(await screen.findByRole("region", { name: "知道一下" }));
  expect(few.getAllByRole("link"), "one more row needs no button").toHaveLength(4);
});

it("puts what a colleague asks of this person by name first, in words and apart from what others could do", async () => {
  const asked = numbered("quote_asked", "urgent", 99);
  today(["quote.issue"], [...many.map((n) => numbered("config_overtaken", "urgent", n)), asked]);
  const first = await screen.findByRole("region", { name: /^点名请你处理/ });
  expect(within(first).getByText("quote_asked 第 99 件")).toBeTruthy();
  const todo = screen.getByRole("region", { name: /要办的事/ });
  expect(within(todo).queryByText(/quote_asked/)).toBeNull();
  expect(first.compareDocumentPosition(todo) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});
