import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { checksQuery } from "../../api/checks";
import type { Checks, Diff, DiffItem, Draft } from "../../api/types";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import { riskText } from "../../text/risks";
import { DraftDiff } from "./DraftDiff";
import { DraftRisks } from "./DraftRisks";

const draft = { id: 16, state: "submitted", item: { kind: "price_list" } } as Draft;
const lost = "现在连不上数据库，请稍后再试。";
const floor = { code: "below_floor", sentence: "每桶 24.37 元，比底价 28.53 元低。", facts: {} };

const row = (n: number, risks: DiffItem["risks"]): DiffItem => ({
  key: `P${n}`,
  change: "changed",
  before: { product: n, price: "28.00" },
  after: { product: n, price: "26.49" },
  shown: { product_code: `P${n}`, product_name: "外墙乳胶漆", spec: "18L", base_unit: "桶" },
  delta: "-1.51",
  delta_percent: "-5.4",
  far: false,
  below_cost: null,
  risks,
});

const page = (items: DiffItem[], next: string | null): Diff => ({
  from_n: 2,
  to_n: null,
  counts: { added: 0, changed: 2, removed: 0, same: 58 },
  sentences: [],
  items,
  next,
});

/** Each answer in its turn; `null` is a server that has lost its database. */
let answers: unknown[] = [];

beforeEach(() => {
  const { happyDOM } = window as unknown as { happyDOM: { setURL: (address: string) => void } };
  happyDOM.setURL("http://huxi.test/");
  vi.stubGlobal("fetch", async () => {
    const answer = answers.shift() ?? null;
    if (answer === null) return Response.json({ code: "unavailable", detail: lost }, { status: 503 });
    return Response.json(answer);
  });
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

function shown(children: ReactNode) {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(<QueryClientProvider client={cache}>{children}</QueryClientProvider>);
}

const again = () => fireEvent.click(screen.getByRole("button", { name: baseText.retry }));

it("marks the rows of every page by what comes with them, and says so where a page could not be read", async () => {
  answers = [page([row(1, [])], "mark"), null, page([row(2, [floor])], null)];
  const view = shown(<DraftDiff draft={draft} />);
  fireEvent.click(await screen.findByRole("button", { name: baseText.loadMore }));
  await screen.findByText(configText.diffUnread);
  expect(screen.getByText(lost)).toBeTruthy();
  expect(view.container.querySelectorAll("tbody tr")).toHaveLength(1);
  again();
  await screen.findByText(floor.sentence);
  const rows = [...view.container.querySelectorAll("tbody tr")].map((one) => one.textContent ?? "");
  expect(rows.map((one) => one.includes(configText.toCheck))).toEqual([true, false]);
  expect(screen.queryByText(configText.diffUnread)).toBeNull();
  view.unmount();
});

it("says that a difference could not be read, and reads it when it is asked again", async () => {
  answers = [null, page([row(1, [floor])], null)];
  const view = shown(<DraftDiff draft={draft} />);
  await screen.findByText(lost);
  again();
  await screen.findByText(floor.sentence);
  view.unmount();
});

function Band() {
  return <DraftRisks query={useQuery(checksQuery(draft.id))} />;
}

it("says that what must be looked at could not be read, instead of showing none", async () => {
  const reasons = [floor];
  const risks = { count: 1, rows: 1, mark: "a", items: [{ key: "P1", name: "P1 外墙乳胶漆", reasons }] };
  const found: Checks = { blocks: 0, warns: 1, items: [], ranges: [], risks };
  answers = [null, found];
  const view = shown(<Band />);
  await screen.findByText(riskText.unread);
  expect(screen.getByText(lost)).toBeTruthy();
  again();
  await screen.findByText(riskText.of("P1 外墙乳胶漆", floor.sentence));
  expect(screen.queryByText(riskText.unread)).toBeNull();
  view.unmount();
});

it("says above the rows which prices of regions the draft puts out of the corridor", async () => {
  const sentence = "这样「南京大区价目表」会有 1 个价格落到走廊以外。";
  const warn = (code: string, of: string) => ({ key: null, code, severity: "warn", sentence: of, facts: {} });
  const items = [warn("puts_outside_corridor", sentence), warn("list_ended", "整张价目表已结束。")];
  const checks = { blocks: 0, warns: 2, items, ranges: [] } as unknown as Checks;
  answers = [page([row(1, [])], null)];
  const view = shown(<DraftDiff draft={draft} checks={checks} />);
  expect((await screen.findByRole("note")).textContent).toBe(sentence);
  view.unmount();
});
