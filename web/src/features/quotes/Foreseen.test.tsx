import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { client } from "../../api/client";
import type { Quote, QuoteOptions } from "../../api/types";
import type { DraftDoc, DraftLine } from "./draftModel";
import { LineSheet } from "./LineSheet";
import { quoteOptionsQuery } from "./quoteApi";
import { WholeSheet } from "./WholeSheet";

vi.mock("../../parts/Sheet", () => ({
  Sheet: ({ children }: { children: ReactNode }) => <div>{children}</div>,
}));

const line = {
  id: "a",
  qty: "1",
  unit: "桶",
  note: "",
  product: { id: 7, name: "外墙乳胶漆", code: "P1", spec: "", base_unit: "桶", units: [], tax_rate: "13" },
} as unknown as DraftLine;
const doc = { customerId: 3, validUntil: null, notes: "", lines: [line] } as unknown as DraftDoc;
const limit = { depth: "5", rounding: "10.00" };
const beyond = "「外墙乳胶漆」比等级价低 12%，你最多可以让 5%。王建国可以出这张报价单。";

const lowered = {
  ...line,
  unit_price: "279.00",
  amount: "279.00",
  net: "245.52",
  net_unit_price: "245.5234",
  lowest_unit_price: "265.05",
  deepest_percent_off: "5",
  percent_below: "12",
  manual: { percent_off: "12" },
  trace: [{ stage: "manual", in: "279.00", out: "245.52" }],
};
const answer = (more: object) => ({
  data: {
    lines: [lowered],
    totals: { net: "245.52", net_ex_tax: "217.27", tax: "28.25" },
    whole_off: "0.00",
    rounding_off: "0.00",
    problems: [
      { code: "beyond_limit", detail: beyond, line_id: "a" },
      { code: "valid_until_past", detail: "有效期已经过去。", line_id: null },
    ],
    ...more,
  },
  response: new Response(),
});
const post = vi.spyOn(client, "POST");

beforeEach(() => post.mockReset());
afterEach(cleanup);

function shown(children: ReactNode, cache = new QueryClient()) {
  cache.setQueryData(quoteOptionsQuery.queryKey, { limit, snippets: [] } as QuoteOptions);
  render(<QueryClientProvider client={cache}>{children}</QueryClientProvider>);
}
const lineSheet = () =>
  shown(<LineSheet doc={doc} line={line} priced={lowered as never} change={() => {}} onClose={() => {}} />);

it("says at once what a share off a line comes to, that it is beyond one's limit, and what the customer sees", async () => {
  post.mockResolvedValue(answer({}) as never);
  lineSheet();
  fireEvent.change(screen.getByRole("combobox", { name: /怎么改/ }), { target: { value: "percent_off" } });
  screen.getByText("你的权限内最多低 5%");
  fireEvent.change(screen.getByRole("textbox", { name: /减百分之几/ }), { target: { value: "12" } });
  const note = within(await screen.findByRole("region", { name: "改了以后" }));
  note.getByText("1 桶：¥279.00 → ¥245.52；合每桶约 ¥245.52");
  note.getByText("比等级价低 12%");
  note.getByText(beyond);
  note.getByText("客户看得到优惠前的金额和优惠了多少");
  expect(note.queryByText(/有效期|在你的权限内/)).toBeNull();
  expect(post.mock.calls[0]?.[1]).toMatchObject({
    body: { customer_id: 3, lines: [{ id: "a", manual: { percent_off: "12" } }] },
  });
});

it("shows no answer that is older than a few seconds as what holds now, and asks anew", async () => {
  const cache = new QueryClient();
  const sheet = (
    <LineSheet doc={doc} line={line} priced={lowered as never} change={() => {}} onClose={() => {}} />
  );
  const types = () => {
    shown(sheet, cache);
    fireEvent.change(screen.getByRole("combobox", { name: /怎么改/ }), { target: { value: "percent_off" } });
    fireEvent.change(screen.getByRole("textbox", { name: /减百分之几/ }), { target: { value: "12" } });
    return screen.findByRole("region", { name: "改了以后" });
  };
  post.mockResolvedValue(answer({}) as never);
  within(await types()).getByText("比等级价低 12%");
  cleanup();
  const late = Date.now() + 6_000;
  const clock = vi.spyOn(Date, "now").mockReturnValue(late);
  let answered = (_: unknown) => {};
  post.mockReturnValue(new Promise((resolve) => (answered = resolve)) as never);
  expect((await types()).getAttribute("aria-busy")).toBe("true");
  answered(answer({ lines: [{ ...lowered, percent_below: "15" }], problems: [] }));
  await screen.findByText("比等级价低 15%");
  expect(screen.getByRole("region", { name: "改了以后" }).getAttribute("aria-busy")).toBe("false");
  clock.mockRestore();
});

it("says of a new unit price that the customer sees it alone", async () => {
  const set = { ...lowered, manual: { unit_price: "270.00" }, net: "270.00", percent_below: "3.23" };
  const trace = [{ stage: "manual", in: "279.00", out: "270.00" }];
  post.mockResolvedValue(answer({ lines: [{ ...set, trace }], problems: [] }) as never);
  lineSheet();
  fireEvent.change(screen.getByRole("combobox", { name: /怎么改/ }), { target: { value: "unit_price" } });
  screen.getByText("你的权限内最低 ¥265.05");
  fireEvent.change(screen.getByRole("textbox", { name: /新单价/ }), { target: { value: "270" } });
  const note = within(await screen.findByRole("region", { name: "改了以后" }));
  note.getByText("单价 ¥279.00 → ¥270.00/桶");
  note.getByText(/^让的幅度在你的权限内；这个价能不能出，点「出具」时再核对$/);
  note.getByText("客户只看到新单价，看不到原价");
});

it("says in yellow of a price above the system's how far, and nothing of a reduction", async () => {
  const set = { ...lowered, manual: { unit_price: "2790" }, net: "2790.00", percent_below: undefined };
  const trace = [{ stage: "manual", in: "279.00", out: "2790.00" }];
  const high = { ...set, percent_above: "900", ask_above: "362.70", trace };
  post.mockResolvedValue(answer({ lines: [high], problems: [] }) as never);
  lineSheet();
  fireEvent.change(screen.getByRole("textbox", { name: /新单价/ }), { target: { value: "2790" } });
  const note = within(await screen.findByRole("region", { name: "改了以后" }));
  note.getByText("比等级价高 900%");
  expect(note.queryByText(/让的幅度|比等级价低/)).toBeNull();
});

it("opens ready for a new price over the system's, which stays until something is typed", () => {
  post.mockResolvedValue(answer({}) as never);
  const change = vi.fn();
  const onClose = vi.fn();
  const sheet = (of: DraftLine) =>
    shown(<LineSheet doc={doc} line={of} priced={lowered as never} change={change} onClose={onClose} />);
  sheet(line);
  const price = screen.getByRole("textbox", { name: /新单价/ }) as HTMLInputElement;
  expect([price.value, price.placeholder, price.dataset.autofocus]).toEqual(["", "279.00", "true"]);
  expect(document.querySelector("input")).toBe(price);
  fireEvent.click(screen.getByRole("button", { name: "确定" }));
  expect([onClose, change, post].map((one) => one.mock.calls.length)).toEqual([1, 0, 0]);
  fireEvent.change(price, { target: { value: "270" } });
  fireEvent.click(screen.getByRole("button", { name: "确定" }));
  const patch = { manual: { unit_price: "270" }, group: undefined };
  expect(change.mock.calls).toEqual([[{ kind: "line", id: "a", patch }]]);
  cleanup();
  sheet({ ...line, manual: { unit_price: "270" } } as DraftLine);
  fireEvent.change(screen.getByRole("textbox", { name: /新单价/ }), { target: { value: "" } });
  fireEvent.click(screen.getByRole("button", { name: "确定" }));
  screen.getByText("写成数字，最多四位小数");
  expect(change).toHaveBeenCalledTimes(1);
});

it("asks about the whole document, so that the line's share of what is taken off the whole counts against the limit", async () => {
  const other = { ...line, id: "b" } as DraftLine;
  const whole = { percent_off: "3" };
  const trace = [
    { stage: "manual", in: "279.00", out: "267.84" },
    { stage: "manual", in: "267.84", out: "259.80" },
  ];
  const manual = { percent_off: "4" };
  const shared = { ...lowered, manual, net: "259.80", net_unit_price: "259.8", percent_below: "6.89", trace };
  const problems = [
    { code: "beyond_limit", detail: "外墙乳胶漆比等级价低 6.89%", line_id: "a" },
    { code: "below_floor", detail: "别的行低于底价", line_id: "b" },
  ];
  post.mockResolvedValue(answer({ lines: [{ ...lowered, id: "b" }, shared], problems }) as never);
  const all = { ...doc, lines: [other, line], whole } as DraftDoc;
  shown(<LineSheet doc={all} line={line} priced={lowered as never} change={() => {}} onClose={() => {}} />);
  fireEvent.change(screen.getByRole("combobox", { name: /怎么改/ }), { target: { value: "percent_off" } });
  fireEvent.change(screen.getByRole("textbox", { name: /减百分之几/ }), { target: { value: "4" } });
  const note = within(await screen.findByRole("region", { name: "改了以后" }));
  note.getByText("1 桶：¥279.00 → ¥259.80；含分摊的整单优惠；合每桶约 ¥259.80");
  note.getByText("比等级价低 6.89%");
  note.getByText("外墙乳胶漆比等级价低 6.89%");
  expect(note.queryByText(/在你的权限内|别的行/)).toBeNull();
  expect(post.mock.calls[0]?.[1]).toMatchObject({
    body: { whole, lines: [{ id: "b" }, { id: "a", manual }] },
  });
  expect(post.mock.calls[0]?.[1]).not.toHaveProperty("body.lines.0.manual.percent_off");
});

it("counts the line's share of what is taken off the whole in how far one may go, and says where nothing is left", () => {
  post.mockResolvedValue(answer({ lines: [], problems: [] }) as never);
  const doc3 = { ...doc, whole: { percent_off: "3" } } as DraftDoc;
  const sheet = (priced: object) =>
    shown(<LineSheet doc={doc3} line={line} priced={priced as never} change={() => {}} onClose={() => {}} />);
  const way = (value: string) =>
    fireEvent.change(screen.getByRole("combobox", { name: /怎么改/ }), { target: { value } });
  sheet({ ...lowered, lowest_unit_price: "273.25", deepest_percent_off: "2.06" });
  way("unit_price");
  screen.getByText("你的权限内最低 ¥273.25，分摊的整单优惠已经算在内");
  way("percent_off");
  screen.getByText("你的权限内最多低 2.06%，分摊的整单优惠已经算在内");
  cleanup();
  sheet({ ...lowered, lowest_unit_price: "279.00", deepest_percent_off: "0" });
  way("percent_off");
  screen.getByText("分摊的整单优惠已经用完你的权限，这一行不能再让");
});

it("leads to the new total while something is taken off the whole, and says how deep one may go", async () => {
  post.mockResolvedValue(answer({ whole_off: "33.48", problems: [] }) as never);
  const quote = { includes_tax: true, totals: { net: "279.00" } } as Quote;
  shown(<WholeSheet doc={doc} quote={quote} limit={limit} change={() => {}} onClose={() => {}} />);
  expect(post).not.toHaveBeenCalled();
  fireEvent.change(screen.getByRole("combobox"), { target: { value: "percent_off" } });
  screen.getByText("你的权限内最多低 5%");
  fireEvent.change(screen.getByRole("textbox", { name: /减百分之几/ }), { target: { value: "12" } });
  const note = within(await screen.findByRole("region", { name: "改了以后" }));
  note.getByText("-¥33.48");
  note.getByText("¥279.00");
  note.getByText("客户看得到商品金额、整单优惠和抹零");
  expect(post.mock.calls[0]?.[1]).toMatchObject({ body: { whole: { percent_off: "12" } } });
});

it("says that it cannot foresee anything while another line is not finished", async () => {
  post.mockResolvedValue({
    error: { code: "invalid", detail: "第 2 行的商品填得不对" },
    response: new Response(null, { status: 422 }),
  } as never);
  lineSheet();
  fireEvent.change(screen.getByRole("combobox", { name: /怎么改/ }), { target: { value: "percent_off" } });
  fireEvent.change(screen.getByRole("textbox", { name: /减百分之几/ }), { target: { value: "12" } });
  await screen.findByText(/现在算不出会变成多少/);
  expect(screen.queryByRole("region", { name: "改了以后" })).toBeNull();
});
