import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Draft } from "../../api/types";
import { listsText } from "../../text/lists";
import { ReturnedPanel } from "./ReturnedPanel";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => () => {}, useBlocker: () => {} }));

const draft = { id: 16, version: 2 } as Draft;
const asked = "这份文件是从「苏州大区价目表」导出的，现在要导入到「南京大区价目表」。确实要这样，请先确认。";

function shown(of_other: string | null, outdated: string | null = null) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const found = { own: true, of_other, outdated, added: 13, changed: 0, same: 0, absent: 0, faults: [] };
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
