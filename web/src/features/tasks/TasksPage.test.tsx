import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import { meQuery } from "../../api/session";
import type { Task } from "../../api/types";
import { TasksPage } from "./TasksPage";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <a href="/">{children}</a>,
  useNavigate: () => () => {},
  useRouter: () => ({}),
  useBlocker: () => {},
}));

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

it("says how many tasks one's people have, and what each comes to", async () => {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(meQuery.queryKey, { name: "陆建平", rights: ["task.manage"] } as never);
  const page = { items: [task], next: null, open: 2, overdue: 0, team_open: 19, manages: true, now: 0 };
  for (const view of ["mine", "team"]) {
    cache.setQueryData(["tasks", view], { pages: [page], pageParams: [undefined] });
  }
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={cache}>
        <TasksPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
  const team = await screen.findByRole("tab", { name: /手下的待办/ });
  expect(team.textContent).toContain("19");
  fireEvent.click(team);
  expect(await screen.findByText("负责人：曹立新")).toBeTruthy();
  expect(screen.getByText("¥59,682.74")).toBeTruthy();
});
