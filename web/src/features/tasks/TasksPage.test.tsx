import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { meQuery } from "../../api/session";
import type { Task } from "../../api/types";
import { TasksPage } from "./TasksPage";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <a href="/">{children}</a>,
  useNavigate: () => () => {},
  useRouter: () => ({}),
  useBlocker: () => {},
}));

afterEach(cleanup);

const task = {
  id: 7,
  about: { entity: "quote", id: 27, number: "KS26-000908", customer: "苏州远大五金店" },
  net: "59682.74",
  holder: { id: 3, name: "曹立新" },
  rule_name: "快到期",
  text: "报价快到期",
  state: "open",
  created_at: 0,
  due_at: 1,
  late_ms: 0,
  warning: null,
  actions: [],
} as unknown as Task;

function page(items: Task[], counts: { open: number; team_open: number }) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(meQuery.queryKey, { name: "陆建平", rights: ["task.manage"] } as never);
  const first = { items, next: null, overdue: 0, manages: true, now: 0, ...counts };
  for (const view of ["mine", "team"]) {
    cache.setQueryData(["tasks", view], { pages: [first], pageParams: [undefined] });
  }
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={cache}>
        <TasksPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it("says how many tasks one's people have, and what each comes to", async () => {
  page([task], { open: 2, team_open: 19 });
  const team = await screen.findByRole("tab", { name: /手下的待办/ });
  expect(team.textContent).toContain("19");
  fireEvent.click(team);
  expect(await screen.findByText("负责人：曹立新")).toBeTruthy();
  expect(screen.getByText("¥59,682.74")).toBeTruthy();
});

it("shows what is to be done about one quotation as one thing, each reason with its own time and done by itself", async () => {
  const hour = 3_600_000;
  const now = Date.now();
  const silent = {
    ...task,
    created_at: now - 20 * hour,
    due_at: now - hour,
    text: "报价两天没有进展",
    actions: ["finish"],
  };
  const ending = { ...task, id: 8, created_at: now - hour, due_at: now + 30.5 * hour, actions: ["finish"] };
  const other = { ...task, id: 9, about: { ...task.about, id: 28, number: "KS26-000909" } } as Task;
  page([silent, ending, other], { open: 2, team_open: 2 });
  const cards = await screen.findAllByRole("listitem");
  expect(cards).toHaveLength(2);
  const one = within(cards[0] as HTMLElement);
  expect(one.getAllByText(/KS26-000908/), "the quotation is named once").toHaveLength(1);
  expect(one.getAllByText("¥59,682.74")).toHaveLength(1);
  one.getByText("2 项任务，一项一项完成");
  one.getByText("报价两天没有进展");
  one.getByText("报价快到期");
  one.getByText("超时 1 小时");
  one.getByText(/^还剩 1 天 6 小时$/);
  expect(one.getAllByRole("button", { name: "完成" })).toHaveLength(2);
  expect(screen.getByRole("tab", { name: /我的待办/ }).textContent).toContain("2");
  within(cards[1] as HTMLElement).getByText(/KS26-000909/);
});
