import { QueryClient, QueryClientProvider, type UseQueryResult } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import type { Checks } from "../../api/types";
import { ChecksPanel } from "./ChecksPanel";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, params, children }: { to: string; params: Record<string, string>; children: ReactNode }) => (
    <a href={to.replace("$itemId", params.itemId ?? "")}>{children}</a>
  ),
}));

const sentence =
  "「网格布」最低 12.88 元、最高 15.34 元；现在 25.00 元，走廊是 90%–110%。请改到走廊以内；确实需要，请找总部（沈若溪、顾一鸣）放宽走廊。";
const outside = { code: "outside_corridor", severity: "block", key: "a", sentence, facts: {} };
const checks = { blocks: 1, warns: 0, items: [outside], ranges: [], risks: {} } as unknown as Checks;

function shown(actions: string[], { data = checks }: { data?: Checks } = {}) {
  const query = { data, error: null, isPending: false } as unknown as UseQueryResult<Checks>;
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(["config", "items", "price_corridor"], { items: [{ id: 5, actions }] });
  return render(
    <QueryClientProvider client={cache}>
      <ChecksPanel query={query} onRow={() => undefined} />
    </QueryClientProvider>,
  );
}

it("leads whoever may widen the corridor to it, instead of telling them to ask themselves", () => {
  const view = shown(["edit"]);
  expect(screen.getByRole("link", { name: "去改走廊" }).getAttribute("href")).toBe("/config/items/5");
  expect(screen.queryByText(/请找总部/)).toBeNull();
  view.unmount();
});

it("tells everybody else whom to ask", () => {
  const view = shown([]);
  expect(screen.getByText(/请找总部（沈若溪、顾一鸣）放宽走廊/)).toBeTruthy();
  expect(screen.queryByRole("link")).toBeNull();
  view.unmount();
});

it("leads to the corridor from what it blocks, and not from what is only to be noted beside it", () => {
  const cost = "「网格布」每卷 25.00 元，比成本 26.68 元低。";
  const noted = { code: "below_cost", severity: "warn", key: "a", sentence: cost, facts: {} };
  const data = { ...checks, warns: 1, items: [outside, noted] } as unknown as Checks;
  const view = shown(["edit"], { data });
  const rows = [...view.container.querySelectorAll("li")].map((row) => row.querySelector("a")?.textContent);
  expect(rows).toEqual(["去改走廊", undefined]);
  view.unmount();
});
