import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Draft } from "../../api/types";
import { DraftHead } from "./DraftHead";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: string }) => <span>{children}</span>,
}));

const draft = {
  id: 16,
  title: "调价",
  note: "铝锭涨价",
  state: "submitted",
  second_person: true,
  item: { id: 1, name: "全国价目表" },
  author: { id: 2, name: "林小满" },
  confirmed_by: null,
  published: null,
  returned: null,
  effective_at: null,
  actions: ["confirm", "return"],
} as unknown as Draft;

it("says in a line of its own why the draft was written, and nothing where nothing was said", () => {
  const shown = render(<DraftHead draft={draft} />);
  expect(screen.getByText("说明：铝锭涨价").tagName).toBe("P");
  shown.rerender(<DraftHead draft={{ ...draft, note: "" }} />);
  expect(screen.queryByText(/说明：/)).toBeNull();
  shown.unmount();
});

it("offers no new title for a draft that was handed on, which a title would take back", () => {
  const shown = render(<DraftHead draft={{ ...draft, actions: ["edit", "discard"] }} />);
  expect(screen.getByRole("status").textContent).toContain("已提交");
  expect(screen.queryByRole("button")).toBeNull();
  shown.unmount();
});
