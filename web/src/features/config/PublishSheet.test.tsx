import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import type { Checks, Draft } from "../../api/types";
import { riskText } from "../../text/risks";
import { PublishSheet } from "./PublishSheet";
import { seenKey } from "./riskTicks";

vi.mock("../../parts/Sheet", () => ({
  Sheet: ({ children }: { children: ReactNode }) => <div>{children}</div>,
}));

afterEach(cleanup);

const draft = {
  id: 17,
  item: { id: 1, kind: "price_list", name: "标准价目表" },
  author: { id: 2, name: "沈若溪" },
  confirmed_by: { id: 3, name: "顾一鸣" },
  counts: { added: 0, changed: 2, removed: 0, same: 0 },
  note: "",
  voids_n: null,
  effective_at: null,
} as unknown as Draft;
const reasons = [{ code: "price_jump", sentence: "涨了 80.59%，请确认没有填错。", facts: {} }];
const items = [1, 2].map((n) => ({ key: `P${n}`, name: `P${n} 石膏板`, reasons }));
const risks: Checks["risks"] = { count: 2, rows: 2, mark: "a", items };

function shown(confirmed?: string) {
  const cache = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
  if (confirmed !== undefined) cache.setQueryData(seenKey(draft.id), confirmed);
  render(
    <MantineProvider>
      <QueryClientProvider client={cache}>
        <PublishSheet
          draft={draft}
          risks={risks}
          busy={false}
          problem={null}
          onPublish={() => undefined}
          onClose={() => undefined}
        />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it("tells whoever has just confirmed the same that they did, and still asks for every tick", () => {
  shown("a");
  expect(screen.getByText(riskText.seenByMe(2))).toBeTruthy();
  expect(screen.getAllByRole("checkbox")).toHaveLength(2);
});

it("says so to nobody else, and not where something else stands out by now", () => {
  shown();
  expect(screen.queryByText(riskText.seenByMe(2))).toBeNull();
  expect(screen.getByText(riskText.tickEach)).toBeTruthy();
  cleanup();
  shown("of before");
  expect(screen.queryByText(riskText.seenByMe(2))).toBeNull();
});
