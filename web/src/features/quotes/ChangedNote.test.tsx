import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { askingText } from "../../text/asking";
import { ChangedNote } from "./ChangedNote";

const changed = { by: ["陈总", "老板"], changes: ["第 1 行「乳胶漆」 单价 32.00 → 30.00"], more: 2 };

it("says who changed what, and keeps saying so after one has typed, until it is put away", () => {
  const { rerender } = render(<ChangedNote now={changed} />);
  screen.getByText("陈总、老板改了你写的这张草稿");
  screen.getByText(changed.changes[0] ?? "");
  screen.getByText(askingText.changedMore(2));
  rerender(<ChangedNote now={null} />);
  screen.getByText(changed.changes[0] ?? "");
  fireEvent.click(screen.getByRole("button", { name: askingText.changedKnown }));
  expect(screen.queryByText(changed.changes[0] ?? "")).toBeNull();
  rerender(<ChangedNote now={{ ...changed, changes: ["备注 没有 → 先付三成"], more: 0 }} />);
  screen.getByText("备注 没有 → 先付三成");
});

it("says nothing where nobody else has changed anything", () => {
  const { container } = render(<ChangedNote now={null} />);
  expect(container.textContent).toBe("");
});
