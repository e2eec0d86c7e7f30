import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { meQuery } from "../../api/session";
// Loaded here, so that no test waits for it: the page asks for it when it is first shown.
import "./HouseCards";
import { TodayPage } from "./TodayPage";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, children }: { to: string; children: ReactNode }) => <a href={to}>{children}</a>,
  useNavigate: () => () => {},
  useRouter: () => ({}),
}));
vi.mock("../../parts/TaskStrip", () => ({ TaskStrip: () => null }));

afterEach(cleanup);

function today(rights: string[]) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(meQuery.queryKey, { name: "小管", rights } as never);
  cache.setQueryData(["today"], { items: [], figures: {}, soon: 0 });
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

it("leaves the day of everybody else as it was", async () => {
  today(["order.read", "product.read", "audit.read"]);
  expect(await screen.findByText("没有要处理的事")).toBeTruthy();
  expect(screen.queryByRole("region", { name: "管理" })).toBeNull();
});
