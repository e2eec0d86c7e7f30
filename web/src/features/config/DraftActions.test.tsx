import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Checks, Draft } from "../../api/types";
import { DraftActions } from "./DraftActions";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => () => {}, useBlocker: () => {} }));

const draft = { id: 16, title: "调价", state: "editing", actions: ["edit", "submit"] } as unknown as Draft;
const checksOf = (blocks: number) =>
  ({
    blocks,
    warns: 0,
    items: [],
    risks: { count: 0, rows: 0, mark: null, items: [] },
    ranges: [],
  }) as Checks;

it("says beside a submission that is off why it is", () => {
  const at = (blocks: number) => (
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <DraftActions draft={draft} checks={checksOf(blocks)} importing={false} unsaved={false} />
      </QueryClientProvider>
    </MantineProvider>
  );
  const shown = render(at(1));
  expect(screen.getByText("1 处必须处理，才能提交")).toBeTruthy();
  expect((screen.getByRole("button", { name: "提交" }) as HTMLButtonElement).disabled).toBe(true);
  shown.rerender(at(0));
  expect(screen.queryByText(/必须处理/)).toBeNull();
  expect((screen.getByRole("button", { name: "提交" }) as HTMLButtonElement).disabled).toBe(false);
  shown.unmount();
});
