import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { Problem } from "../api/problem";
import { meQuery } from "../api/session";
import { baseText } from "../text/base";
import { Failure } from "./Failure";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <span>{children}</span>,
}));

afterEach(cleanup);

function failed(problem: Problem, viewing: unknown) {
  const cache = new QueryClient();
  cache.setQueryData(meQuery.queryKey, { name: "陈思远", rights: [], viewing } as never);
  render(
    <QueryClientProvider client={cache}>
      <Failure problem={problem} />
    </QueryClientProvider>,
  );
}

const refused = (right: string, viewing: unknown) =>
  failed(new Problem(403, "not_allowed", "你没有这项操作的权限，需要时请找管理员开通。", { right }), viewing);
const missing = (viewing: unknown) => failed(new Problem(404, "not_found", "没有这条记录。", {}), viewing);

it("sends whoever lacks a right to the administrator", () => {
  refused("quote.read", null);
  expect(screen.getByText(/请找管理员开通/)).toBeTruthy();
});

it("tells whoever looks through another's eyes whose right is missing, and sends them to nobody", () => {
  const viewing = { by: { id: 1, name: "管理" }, until: 0, locked: false, hidden: ["quote.read"] };
  refused("quote.read", viewing);
  expect(screen.getByText("这一页不给你看")).toBeTruthy();
  expect(screen.queryByText(/请找管理员开通/)).toBeNull();
  cleanup();
  refused("people.read", viewing);
  expect(screen.getByText("陈思远没有这个权限")).toBeTruthy();
  expect(screen.queryByText(/请找管理员开通/)).toBeNull();
});

it("calls what somebody else does not see out of their sight, and not gone", () => {
  const viewing = { by: { id: 1, name: "管理" }, until: 0, locked: false, hidden: [] };
  missing(viewing);
  expect(screen.getByText(baseText.unseenTitle)).toBeTruthy();
  expect(screen.getByText(baseText.unseenHint("陈思远"))).toBeTruthy();
  expect(screen.queryByText(baseText.missingTitle)).toBeNull();
  cleanup();
  missing(null);
  expect(screen.getByText(baseText.missingTitle)).toBeTruthy();
  expect(screen.queryByText(baseText.unseenTitle)).toBeNull();
});
