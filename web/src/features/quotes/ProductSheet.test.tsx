import { fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import type { DraftDoc } from "./draftModel";
import { ProductSheet } from "./ProductSheet";

vi.mock("../../parts/Sheet", () => ({
  Sheet: ({ children }: { children: ReactNode }) => <div>{children}</div>,
}));
vi.mock("../../parts/useProductSearch", () => ({
  useProductSearch: () => ({ rows: [], ready: false, error: null }),
}));

it("keeps the search under the thumb when it is cleared, and marks the last words for the next product", () => {
  const doc = { customerId: 1, lines: [] } as unknown as DraftDoc;
  render(<ProductSheet open doc={doc} change={vi.fn()} onScan={vi.fn()} onClose={vi.fn()} />);
  const field = screen.getByRole<HTMLInputElement>("searchbox");
  fireEvent.change(field, { target: { value: "发泡" } });
  const clear = screen.getByRole("button", { name: "清除搜索" });
  expect(fireEvent.pointerDown(clear), "the press takes no focus").toBe(false);
  fireEvent.click(clear);
  expect(document.activeElement).toBe(field);
  fireEvent.change(field, { target: { value: "腻子" } });
  field.blur();
  field.focus();
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 2]);
});
