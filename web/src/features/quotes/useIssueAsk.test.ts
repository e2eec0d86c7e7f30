import { act, renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
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

it("asks before it issues without pasted lines that are still open", () => {
  const issue = vi.fn();
  const { result } = renderHook(() => useIssueAsk([line], issue));
  act(() => result.current.press());
  expect(issue).not.toHaveBeenCalled();
  expect(result.current.asking).toBe(true);
  act(() => result.current.stop());
  expect(result.current.asking).toBe(false);
  expect(issue).not.toHaveBeenCalled();
  act(() => result.current.press());
  act(() => result.current.go());
  expect(issue).toHaveBeenCalledTimes(1);
});

it("issues at once when nothing is open", () => {
  const issue = vi.fn();
  const { result } = renderHook(() => useIssueAsk([], issue));
  act(() => result.current.press());
  expect(issue).toHaveBeenCalledTimes(1);
  expect(result.current.asking).toBe(false);
});
