import { act, renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { LineProduct, Quote, Repriced } from "../../api/types";
import type { DraftLine } from "./draftModel";
import { farAboveOf } from "./farAbove";
import type { PastedChoice } from "./pastedLines";
import { useIssueAsk } from "./useIssueAsk";

const line: PastedChoice = {
  id: "a",
  text: "笔记本电脑 1 台",
  term: "笔记本电脑",
  confidence: "none",
  products: [],
  productId: null,
  qty: "1",
  unit: "台",
  skipped: false,
};

const moved = { old: { net: "100.00" }, new: { net: "1000.00" } } as Repriced;
const pails = (id: string, qty: string): DraftLine => ({
  id,
  product: { id: 7, name: "净味内墙乳胶漆" } as LineProduct,
  qty,
  unit: "桶",
  note: "",
});
const twins = [pails("e", "5"), pails("f", "6")];
const sight = { totals: { net: "100.00" }, lines: [] as unknown[] } as Quote;
const asking = (open: PastedChoice[], told: Repriced | null, lines: DraftLine[] = []) => {
  const [issue, onKnown] = [vi.fn(), vi.fn()];
  const { result } = renderHook(() => useIssueAsk({ open, lines, moved: told, onKnown, sight, issue }));
  return { result, issue, onKnown };
};

it("asks before it issues without pasted lines that are still open", () => {
  const { result, issue } = asking([line], null);
  act(() => result.current.press());
  expect(issue).not.toHaveBeenCalled();
  expect(result.current.asking).toBe("pasted");
  act(() => result.current.stop());
  expect(result.current.asking).toBe(null);
  expect(issue).not.toHaveBeenCalled();
  act(() => result.current.press());
  act(() => result.current.go());
  expect(issue).toHaveBeenCalledTimes(1);
});

it("issues at once when nothing is open", () => {
  const { result, issue } = asking([], null);
  act(() => result.current.press());
  expect(issue).toHaveBeenCalledTimes(1);
  expect(result.current.asking).toBe(null);
});

it("asks once at the button for prices that moved, after whatever else it asks", () => {
  const { result, issue, onKnown } = asking([line], moved);
  act(() => result.current.press());
  act(() => result.current.go());
  expect([result.current.asking, issue.mock.calls.length]).toEqual(["moved", 0]);
  act(() => result.current.stop());
  act(() => result.current.press());
  act(() => result.current.go());
  act(() => result.current.agree());
  expect([issue.mock.calls, onKnown.mock.calls.length]).toEqual([[[sight, moved]], 1]);
  expect(result.current.asking).toBe(null);
});

it("asks for a product that stands twice, between the other questions, and lets it stay", () => {
  const { result, issue } = asking([line], moved, twins);
  act(() => result.current.press());
  act(() => result.current.go());
  expect([result.current.asking, issue.mock.calls.length]).toEqual(["twins", 0]);
  act(() => result.current.go());
  expect([result.current.asking, issue.mock.calls.length]).toEqual(["moved", 0]);
  act(() => result.current.stop());
  const alone = asking([], null, twins);
  act(() => alone.result.current.press());
  expect(alone.result.current.asking).toBe("twins");
  act(() => alone.result.current.go());
  expect(alone.issue).toHaveBeenCalledTimes(1);
});

it("asks once before half a pail is issued, and lets it go", () => {
  const { result, issue } = asking([], moved, [pails("a", "7.5")]);
  act(() => result.current.press());
  expect([result.current.asking, issue.mock.calls.length]).toEqual(["split", 0]);
  act(() => result.current.go());
  expect([result.current.asking, issue.mock.calls.length]).toEqual(["moved", 0]);
  const alone = asking([], null, [pails("a", "7.5")]);
  act(() => alone.result.current.press());
  act(() => alone.result.current.go());
  expect(alone.issue).toHaveBeenCalledTimes(1);
  const whole = asking([], null, [pails("a", "7.0")]);
  act(() => whole.result.current.press());
  expect([whole.result.current.asking, whole.issue.mock.calls.length]).toEqual([null, 1]);
});

it("asks once before a price by hand far above the rules is issued, whether it is saved yet or not", () => {
  const by = (price: string) => [{ ...pails("a", "7"), manual: { unit_price: price } }] as DraftLine[];
  const figures = { id: "a", product: { id: 7 }, unit_price: "153.00", ask_above: "198.90" };
  const priced = (more: object) => ({ ...sight, lines: [{ ...figures, ...more }] }) as unknown as Quote;
  const parts = { open: [], moved: null, onKnown: vi.fn() };
  const pressed = (price: string, seen: Quote) => {
    const issue = vi.fn();
    const { result } = renderHook(() => useIssueAsk({ ...parts, lines: by(price), sight: seen, issue }));
    act(() => result.current.press());
    return { result, issue };
  };
  const saved = priced({ manual: { unit_price: "1660.00" }, percent_above: "984.97" });
  const far = pressed("1660", saved);
  expect([far.result.current.asking, far.issue.mock.calls.length]).toEqual(["above", 0]);
  act(() => far.result.current.go());
  expect(far.issue.mock.calls).toEqual([[saved]]);
  expect(pressed("1660", priced({ manual: null })).result.current.asking).toBe("above");
  for (const price of ["198.90", "166"]) expect(pressed(price, priced({})).issue).toHaveBeenCalledTimes(1);
  const told = { id: "a", row: 1, name: "净味内墙乳胶漆", price: "1660", system: "153.00" };
  expect(farAboveOf(by("1660"), saved.lines)).toEqual([{ ...told, percent: "984.97" }]);
  expect(farAboveOf(by("1660"), priced({ manual: null }).lines)).toEqual([{ ...told, percent: null }]);
});

it("does not ask by itself once what it asked about was settled and came again", () => {
  const parts = { open: [], moved: null, onKnown: vi.fn(), sight, issue: vi.fn() };
  const { result, rerender } = renderHook((lines: DraftLine[]) => useIssueAsk({ ...parts, lines }), {
    initialProps: twins,
  });
  act(() => result.current.press());
  rerender([]);
  rerender(twins);
  expect(result.current.asking).toBe(null);
});

it("issues what the question of moved prices shows, which goes along with the draft", () => {
  const parts = { open: [], lines: [], onKnown: vi.fn(), issue: vi.fn() };
  const later = { ...sight, totals: { net: "120.00" } } as Quote;
  const movedLater = { ...moved, new: { net: "120.00" } } as Repriced;
  const { result, rerender } = renderHook(
    ({ seen, told }) => useIssueAsk({ ...parts, moved: told, sight: seen }),
    { initialProps: { seen: sight, told: moved } },
  );
  act(() => result.current.press());
  rerender({ seen: later, told: movedLater });
  act(() => result.current.agree());
  expect(parts.issue.mock.calls).toEqual([[later, movedLater]]);
});

it("issues what was in sight when the button was pressed, though another total came while it asked", () => {
  const parts = { open: [line], lines: [], moved: null, onKnown: vi.fn(), issue: vi.fn() };
  const later = { ...sight, totals: { net: "120.00" } } as Quote;
  const { result, rerender } = renderHook((seen: Quote) => useIssueAsk({ ...parts, sight: seen }), {
    initialProps: sight,
  });
  act(() => result.current.press());
  rerender(later);
  act(() => result.current.go());
  expect(parts.issue.mock.calls).toEqual([[sight]]);
  act(() => result.current.press());
  act(() => result.current.go());
  expect(parts.issue.mock.calls).toEqual([[sight], [later]]);
});
