import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import { checksQuery } from "../../api/checks";
import type { TodayItem } from "../../api/types";
import { setServerNow } from "../../parts/format";
import { TodayRow } from "./TodayRow";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <span>{children}</span>,
}));

const item: TodayItem = {
  kind: "config_confirm",
  tone: "urgent",
  sentence: "何静怡提交了「标准价目表」的改动，等你确认",
  detail: "春季调价",
  net: null,
  due_day: null,
  at: null,
  link: { kind: "draft", id: 15 },
  notice: null,
};

const found = (count: number) => ({
  blocks: 0,
  warns: 5,
  items: [],
  ranges: [],
  risks: { count, rows: count, mark: "a", items: [] },
});

function Row({ count, kind }: { count: number; kind: string }) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(checksQuery(15).queryKey, found(count));
  return (
    <QueryClientProvider client={cache}>
      <TodayRow item={{ ...item, kind }} />
    </QueryClientProvider>
  );
}

it("says of what waits for confirmation how many prices ask for a look of their own", () => {
  const shown = render(<Row count={3} kind="config_confirm" />);
  expect(screen.getByText("3 处要逐条核对")).toBeTruthy();
  shown.unmount();
  for (const [count, kind] of [
    [0, "config_confirm"],
    [3, "config_returned"],
  ] as const) {
    const other = render(<Row count={count} kind={kind} />);
    expect(screen.queryByText(/要逐条核对/)).toBeNull();
    other.unmount();
  }
});

it("says of what is over how long it has been, and of what is not when it ends", () => {
  setServerNow(Date.parse("2026-11-30T12:00:00+08:00"));
  for (const [due_day, says] of [
    ["2026-11-26", "已过期 4 天"],
    ["2026-11-29", "已过期 1 天"],
    ["2026-11-30", "11月30日到期"],
    ["2026-12-03", "12月3日到期"],
  ] as const) {
    const shown = render(<TodayRow item={{ ...item, kind: "quote_expired", due_day }} />);
    expect(screen.getByText(says)).toBeTruthy();
    shown.unmount();
  }
});
