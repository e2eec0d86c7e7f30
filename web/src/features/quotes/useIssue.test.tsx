import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PricedLine, Quote, Repriced } from "../../api/types";
import { useIssue } from "./useIssue";

/** Paint in pails, at the price of one revision of the list. */
const paint = (qty: string, price: string, net: string, rev: number, more: Partial<PricedLine> = {}) =>
  ({
    id: "a",
    product: { id: 7, name: "净味内墙乳胶漆", units: [] },
    qty,
    unit: "桶",
    note: "",
    group: "",
    unit_price: price,
    net_unit_price: price,
    net,
    manual: null,
    own: null,
    refusal: null,
    trace: [{ stage: "base", rule: "全国价", rev, out: price, sentence: "" }],
    ...more,
  }) as unknown as PricedLine;

const draft = (net: string, lines: PricedLine[], more: object = {}) =>
  ({
    id: 31,
    version: 1,
    customer: { id: 3, name: "恒泰建设" },
    valid_until_chosen: false,
    notes: "",
    lines,
    terms: {},
    whole: {},
    totals: { net, net_ex_tax: net, tax: "0.00" },
    ...more,
  }) as unknown as Quote;

const inSight = draft("360.16", [paint("2", "180.08", "360.16", 12)]);
const sent: unknown[] = [];
let refusal: object | null = null;

beforeEach(() => {
  sent.length = 0;
  refusal = null;
  const { happyDOM } = window as unknown as { happyDOM: { setURL: (address: string) => void } };
  happyDOM.setURL("http://huxi.test/");
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(await request.json());
    if (refusal) return Response.json(refusal, { status: 409 });
    return Response.json({ ...inSight, state: "issued", number: "SZ26-000912" });
  });
});
afterEach(() => vi.unstubAllGlobals());

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
);

/** The button pressed while `sight` stands on the screen and the save that is awaited answers `saved`. */
const press = async (sight: Quote, saved: Quote) => {
  const [onIssued, onOver] = [vi.fn(), vi.fn()];
  const parts = {
    flush: async () => saved,
    checkpoint: async () => {},
    onIssued,
    onRefused: () => {},
    onOver,
    onChanged: () => {},
  };
  const { result } = renderHook(() => useIssue(parts), { wrapper });
  act(() => result.current.issue(sight));
  await waitFor(() => expect(result.current.busy).toBe(false));
  await waitFor(() => expect(onIssued.mock.calls.length + (result.current.moved ? 1 : 0)).toBe(1));
  return { result, onIssued };
};

it("issues the version in sight, and shows instead what somebody else made of the draft at the same total", async () => {
  const current = { ...inSight, version: 2, customer: { id: 4, name: "宏远" }, state: "draft" };
  const versions: (string | null)[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    versions.push(request.headers.get("if-match"));
    const facts = { current, changed_by: "周永年" };
    return Response.json({ code: "changed_by_other", detail: "改过了", facts }, { status: 412 });
  });
  const onChanged = vi.fn();
  const onIssued = vi.fn();
  const beside = { onRefused: () => {}, onOver: () => {}, onChanged, onIssued };
  const parts = { flush: async () => inSight, checkpoint: async () => {}, ...beside };
  const { result } = renderHook(() => useIssue(parts), { wrapper });
  act(() => result.current.issue(inSight));
  await waitFor(() => expect(onChanged).toHaveBeenCalledTimes(1));
  expect(onChanged.mock.calls[0]).toEqual([expect.objectContaining({ version: 2 }), "周永年"]);
  expect([versions, onIssued.mock.calls.length, result.current.problem]).toEqual([['"1"'], 0, null]);
});

it("sends the total in sight where nothing waited to be saved", async () => {
  const { onIssued } = await press(inSight, inSight);
  expect(sent).toEqual([{ expected_net: "360.16" }]);
  expect(onIssued).toHaveBeenCalledTimes(1);
});

it("asks at old and new when a release fell before the save of a remark, and issues only what is agreed", async () => {
  const saved = draft("387.04", [paint("2", "193.52", "387.04", 13)], { version: 2, notes: "月底送货" });
  const { result, onIssued } = await press(inSight, saved);
  expect([sent, onIssued.mock.calls.length]).toEqual([[], 0]);
  const moved = result.current.moved;
  expect([moved?.old.net, moved?.new.net, moved?.difference]).toEqual(["360.16", "387.04", "26.88"]);
  expect(moved?.lines).toEqual([
    expect.objectContaining({
      name: "净味内墙乳胶漆",
      old_unit_price: "180.08",
      new_unit_price: "193.52",
      difference: "26.88",
    }),
  ]);
  expect(result.current.problem).toBe(null);
  act(() => result.current.issue(saved, moved ?? undefined));
  await waitFor(() => expect(onIssued).toHaveBeenCalledTimes(1));
  expect(sent).toEqual([{ expected_net: "387.04" }]);
});

it("issues at the new prices after who looked first pressed again, for they are in sight now", async () => {
  const saved = draft("387.04", [paint("2", "193.52", "387.04", 13)], { version: 2, notes: "月底送货" });
  const { result, onIssued } = await press(inSight, saved);
  act(() => result.current.dismiss());
  await waitFor(() => expect(result.current.moved).toBe(null));
  act(() => result.current.issue(saved));
  await waitFor(() => expect(onIssued).toHaveBeenCalledTimes(1));
  expect(sent).toEqual([{ expected_net: "387.04" }]);
});

it("does not ask for what the person typed: more of it, at its own price step, another line, a discount", async () => {
  const second = paint("1", "95.00", "95.00", 12, { id: "b", product: { id: 8, name: "腻子" } as never });
  const own: Quote[] = [
    draft("540.24", [paint("3", "180.08", "540.24", 12)]),
    draft("17000.00", [paint("100", "170.00", "17000.00", 12)]),
    draft("455.16", [paint("2", "180.08", "360.16", 12), second]),
    draft("350.00", [paint("2", "180.08", "350.00", 12)], { whole: { amount_off: "10.16" } }),
    draft("300.00", [paint("2", "150.00", "300.00", 12)], { customer: { id: 4, name: "宏远" } }),
  ];
  for (const saved of own) await press(inSight, saved);
  expect(sent).toEqual(own.map(({ totals }) => ({ expected_net: totals.net })));
});

it("asks when a release fell between what was typed, for the line that stayed and for the one whose quantity is new", async () => {
  const second = (price: string, rev: number) =>
    paint("1", price, price, rev, { id: "b", product: { id: 8, name: "腻子" } as never });
  const sight = draft("455.16", [paint("2", "180.08", "360.16", 12), second("95.00", 12)]);
  const saved = draft("680.56", [paint("3", "193.52", "580.56", 13), second("100.00", 13)]);
  const { result } = await press(sight, saved);
  expect(result.current.moved?.lines.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(sent).toEqual([]);
});

it("asks for another total though no line's price moved, and for other lines though the total did not", async () => {
  const rounded = draft("360.00", inSight.lines, { version: 2 });
  expect((await press(inSight, rounded)).result.current.moved?.difference).toBe("-0.16");
  const pair = (one: string, other: string) =>
    draft("200.00", [paint("1", one, one, 12), paint("1", other, other, 12, { id: "b" })]);
  const { result } = await press(pair("100.00", "100.00"), pair("90.00", "110.00"));
  expect(result.current.moved?.lines.map(({ difference }) => difference)).toEqual(["-10.00", "10.00"]);
  expect(sent).toEqual([]);
});

it("asks at what the server says moved after the save, and sends its code back", async () => {
  const facts = { agree: "7c1f", old: inSight.totals, new: { ...inSight.totals, net: "400.00" }, lines: [] };
  refusal = { code: "price_changed", detail: "价格变了", facts };
  const { result, onIssued } = await press(inSight, inSight);
  expect(result.current.moved?.new.net).toBe("400.00");
  refusal = null;
  act(() => result.current.issue(inSight, result.current.moved ?? undefined));
  await waitFor(() => expect(onIssued).toHaveBeenCalledTimes(1));
  expect(sent).toEqual([{ expected_net: "360.16" }, { expected_net: "400.00", agree: "7c1f" }]);
});

it("does not ask a second time for what moved before the draft was opened and was agreed to at the button", async () => {
  const facts = { agree: "7c1f", old: { ...inSight.totals, net: "340.00" }, new: inSight.totals, lines: [] };
  // Nothing was saved since, so the server still compares with the old prices.
  vi.stubGlobal("fetch", async (request: Request) => {
    const body = await request.json();
    sent.push(body);
    if (body.agree === "7c1f") return Response.json({ ...inSight, state: "issued", number: "SZ26-000912" });
    return Response.json({ code: "price_changed", detail: "价格变了", facts }, { status: 409 });
  });
  const onIssued = vi.fn();
  const parts = {
    flush: async () => inSight,
    checkpoint: async () => {},
    onIssued,
    onRefused: () => {},
    onOver: () => {},
    onChanged: () => {},
  };
  const { result } = renderHook(() => useIssue(parts), { wrapper });
  act(() => result.current.issueKnown(inSight, facts as unknown as Repriced));
  await waitFor(() => expect(result.current.busy).toBe(false));
  await waitFor(() => expect(onIssued.mock.calls.length + (result.current.moved ? 1 : 0)).toBe(1));
  expect([sent, onIssued.mock.calls.length]).toEqual([[{ expected_net: "360.16", agree: "7c1f" }], 1]);
});

it("sends the total that was told at the button, though a quantity typed meanwhile makes it another", async () => {
  const facts = { agree: "7c1f", old: { ...inSight.totals, net: "340.00" }, new: inSight.totals, lines: [] };
  refusal = { code: "price_changed", detail: "价格变了", facts };
  const saved = draft("540.24", [paint("3", "180.08", "540.24", 12)], { version: 2 });
  const parts = {
    flush: async () => saved,
    checkpoint: async () => {},
    onIssued: () => {},
    onRefused: () => {},
    onOver: () => {},
    onChanged: () => {},
  };
  const { result } = renderHook(() => useIssue(parts), { wrapper });
  act(() => result.current.issueKnown(inSight, facts as unknown as Repriced));
  await waitFor(() => expect(result.current.moved).not.toBeNull());
  expect(sent).toEqual([{ expected_net: "360.16", agree: "7c1f" }]);
});

it("reads the draft again once it was refused, so that it says why and who may", async () => {
  const told = draft("360.16", inSight.lines, { state: "draft", askable: [{ id: 9, name: "周永年" }] });
  vi.stubGlobal("fetch", async (request: Request) =>
    request.method === "GET"
      ? Response.json(told)
      : Response.json({ code: "cannot_issue", detail: "周永年可以出这张报价单。" }, { status: 422 }),
  );
  const onRefused = vi.fn();
  const parts = {
    flush: async () => inSight,
    checkpoint: async () => {},
    onIssued: () => {},
    onRefused,
    onOver: () => {},
    onChanged: () => {},
  };
  const { result } = renderHook(() => useIssue(parts), { wrapper });
  act(() => result.current.issue(inSight));
  await waitFor(() => expect(result.current.problem?.code).toBe("cannot_issue"));
  expect(onRefused).toHaveBeenCalledExactlyOnceWith(told);
});
