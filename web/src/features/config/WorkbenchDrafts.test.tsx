import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import type { Draft } from "../../api/types";
import { openDraftsQuery } from "./configApi";
import { WorkbenchDrafts } from "./WorkbenchDrafts";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <a href="/">{children}</a>,
}));

const draft = (id: number, state: Draft["state"], behind = false) =>
  ({
    id,
    state,
    behind,
    title: `第 ${id} 份`,
    item: { id: 1, name: "全国价目表" },
    author: { id: 2, name: "林小满" },
    updated_at: 0,
    counts: { added: 0, changed: 1, removed: 0, same: 0 },
  }) as unknown as Draft;

function shown(drafts: Draft[]) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(openDraftsQuery.queryKey, {
    pages: [{ items: drafts, next: null }],
    pageParams: [undefined],
  } as never);
  return render(
    <QueryClientProvider client={cache}>
      <WorkbenchDrafts />
    </QueryClientProvider>,
  );
}

it("keeps what is still edited apart from what waits for somebody", () => {
  const view = shown([draft(1, "editing"), draft(2, "submitted"), draft(3, "confirmed")]);
  const told = (name: string) =>
    within(screen.getByRole("region", { name }))
      .getAllByRole("listitem")
      .map((row) => /第 \d 份/.exec(row.textContent ?? "")?.[0]);
  expect(told("等人处理"), "what only has to be published first").toEqual(["第 3 份", "第 2 份"]);
  expect(told("还在编辑")).toEqual(["第 1 份"]);
  view.unmount();
  const edited = shown([draft(1, "editing")]);
  expect(screen.queryByRole("region", { name: "等人处理" })).toBeNull();
  edited.unmount();
});

it("says of a draft that nobody can confirm until it is merged that this comes first", () => {
  const view = shown([draft(1, "submitted", true), draft(2, "submitted"), draft(3, "editing", true)]);
  const states = screen.getAllByRole("listitem").map((row) => row.textContent ?? "");
  expect(states[0]).toContain("先合并");
  expect(states[0]).not.toContain("待确认");
  expect(states[1]).toContain("待确认");
  expect(states[2]).toContain("编辑中");
  view.unmount();
});
