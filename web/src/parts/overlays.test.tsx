import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { useTopmost } from "./overlays";

it("lets only what was opened last be closed, and gives the turn back when it is", () => {
  const sheet = renderHook(() => useTopmost(true));
  expect(sheet.result.current).toBe(true);
  const calendar = renderHook(({ open }) => useTopmost(open), { initialProps: { open: false } });
  expect([sheet.result.current, calendar.result.current]).toEqual([true, false]);
  act(() => calendar.rerender({ open: true }));
  expect([sheet.result.current, calendar.result.current]).toEqual([false, true]);
  act(() => calendar.rerender({ open: false }));
  expect([sheet.result.current, calendar.result.current]).toEqual([true, false]);
});

it("gives the turn back also when the topmost is taken away", () => {
  const sheet = renderHook(() => useTopmost(true));
  const other = renderHook(() => useTopmost(true));
  expect(sheet.result.current).toBe(false);
  act(() => other.unmount());
  expect(sheet.result.current).toBe(true);
});
