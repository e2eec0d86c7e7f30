import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { meQuery } from "../../api/session";
import { KeptBar } from "./KeptBar";

const screenOf = vi.hoisted(() => ({ phone: true }));
const device = vi.hoisted(() => ({ kept: [] as object[] }));
vi.mock("../../parts/useIsPhone", () => ({ useIsPhone: () => screenOf.phone }));
vi.mock("../../parts/tabs", async (actual) => ({
  ...(await actual<typeof import("../../parts/tabs")>()),
  hearTabs: () => () => {},
  typingTabs: async () => new Map(),
}));
vi.mock("../../parts/deviceStore", () => ({
  forget: async () => {},
  forgetAllBut: async () => {},
  keep: async () => {},
  readKept: async () => undefined,
  readKeptUnder: async () => device.kept,
}));
vi.mock("@tanstack/react-router", () => ({
  Link: ({ params, children }: { params: { quoteId: string }; children: ReactNode }) => (
    <a href={`/quotes/${params.quoteId}`}>{children}</a>
  ),
  useRouterState: () => "/customers",
}));

afterEach(cleanup);

const kept = (quote: number, title: string, ago: number) => ({
  person: 1,
  quote,
  tab: `t${quote}`,
  version: 1,
  at: Date.now() - ago,
  title,
  content: {},
});

async function shown(phone: boolean) {
  screenOf.phone = phone;
  device.kept = [kept(4, "恒泰建设", 60_000), kept(5, "远大工程", 120_000)];
  const cache = new QueryClient();
  cache.setQueryData(meQuery.queryKey, { id: 1 } as never);
  render(
    <QueryClientProvider client={cache}>
      <KeptBar bare={false} />
    </QueryClientProvider>,
  );
  await screen.findByRole("region", { name: "没有存上的改动" });
}

it("is one line with one thing to press on a phone, however much was left behind", async () => {
  await shown(true);
  expect(screen.getByText("2 份改动没有存上，先看「恒泰建设」")).toBeTruthy();
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual(["/quotes/4"]);
  expect(screen.queryAllByRole("button")).toEqual([]);
});

it("has a line for each on a wide screen, to look at or to drop", async () => {
  await shown(false);
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([
    "/quotes/4",
    "/quotes/5",
  ]);
  expect(screen.getAllByRole("button", { name: "丢弃" }).length).toBe(2);
});
