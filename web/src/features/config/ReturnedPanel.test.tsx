import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { DiffItem, Draft } from "../../api/types";
import { listsText } from "../../text/lists";
import { ReturnedPanel } from "./ReturnedPanel";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => () => {}, useBlocker: () => {} }));

const draft = { id: 16, version: 2, item: { kind: "price_list" } } as Draft;
const asked = "这份文件是从「苏州大区价目表」导出的，现在要导入到「南京大区价目表」。确实要这样，请先确认。";

const added = (n: number): DiffItem => ({
  key: `P${n}`,
  change: "added",
  before: null,
  after: { product: n, price: `${100 + n}.00` },
  shown: { product_code: `P${n}`, product_name: `外墙乳胶漆${n}号`, spec: "18L", base_unit: "桶" },
  delta: null,
  delta_percent: null,
  far: false,
  below_cost: null,
  risks: [],
});

function shown(of_other: string | null, outdated: string | null = null) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const changes = [added(1), added(2)];
  const counts = { added: 13, changed: 0, same: 0, absent: 0, more: 11 };
  const found = { own: true, of_other, outdated, ...counts, changes, faults: [] };
  cache.setQueryData(["config", "returned", draft.id, draft.version, "hash"], found);
  return render(
    <MantineProvider>
      <QueryClientProvider client={cache}>
        <ReturnedPanel draft={draft} file="hash" onAnother={() => {}} onDone={() => {}} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const takes = () => screen.getByRole<HTMLButtonElement>("button", { name: listsText.returned.apply });

it("takes a workbook of another list over once somebody says that it is meant", () => {
  const panel = shown(asked);
  expect(takes().disabled).toBe(true);
  fireEvent.click(screen.getByLabelText(asked));
  expect(takes().disabled).toBe(false);
  panel.unmount();
});

it("shows the first rows that would change before anybody says that a workbook of another list is meant", () => {
  const panel = shown(asked);
  expect(screen.getByText("新增 13 · 修改 0 · 不变 0")).toBeTruthy();
  const table = screen.getByRole("region", { name: listsText.returned.preview });
  const rows = [...table.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain("外墙乳胶漆1号");
  expect(rows[0]).toContain("¥101.00/桶");
  expect(table.textContent).toContain("另外还有 11 行会变");
  expect(screen.getByLabelText<HTMLInputElement>(asked).checked).toBe(false);
  expect(takes().disabled).toBe(true);
  panel.unmount();
});

it("says of a workbook of the same list that newer prices were published since it went out, and takes it over", () => {
  const outdated = "这份文件是从 V3 导出的，这份草稿是在 V7 上改的。";
  const panel = shown(null, outdated);
  screen.getByText(outdated);
  expect(takes().disabled).toBe(false);
  panel.unmount();
});

it("asks nothing of a workbook of the same list", () => {
  const panel = shown(null);
  expect(screen.queryByRole("checkbox")).toBeNull();
  expect(takes().disabled).toBe(false);
  panel.unmount();
});
