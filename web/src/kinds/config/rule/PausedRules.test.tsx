import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import type { PausedRule } from "../../../api/types";
import { PausedRules } from "./PausedRules";
import { pausedQuery } from "./pausedApi";

const opened: PausedRule = {
  key: "opened",
  name: "已查看",
  paused_at: 1_795_482_000_000,
  fires: 200,
  held: 12,
};

const shown = (items: PausedRule[], may_resume: boolean) => {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(pausedQuery.queryKey, { items, may_resume });
  return render(
    <QueryClientProvider client={cache}>
      <PausedRules />
    </QueryClientProvider>,
  );
};

it("says why a rule stands still, how much waits, and offers the way on to whoever may", () => {
  const one = shown([opened], true);
  expect(one.container.textContent).toContain("规则「已查看」");
  expect(one.container.textContent).toContain("一小时里执行了 200 次，到了上限。还有 12 次留着没有执行。");
  expect(one.getByRole("button", { name: "恢复规则「已查看」" })).toBeTruthy();
  one.unmount();
});

it("tells everybody else who can, and shows nothing while all rules run", () => {
  const seen = shown([{ ...opened, held: 0 }], false);
  expect(seen.container.textContent).toContain("没有留下要执行的");
  expect(seen.container.textContent).toContain("总部运营、老板");
  expect(seen.queryByRole("button")).toBeNull();
  seen.unmount();
  const none = shown([], true);
  expect(none.container.textContent).toBe("");
  none.unmount();
});
