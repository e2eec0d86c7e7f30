import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { AcceptedHead } from "./AcceptedHead";

const accepted = {
  signer: "王工",
  at: Date.parse("2026-11-30T21:30:00+08:00"),
  order_number: "SO26-000012",
};

afterEach(cleanup);

it("leads whoever accepted a moment ago up to the word that it is done", () => {
  const up = vi.fn();
  Element.prototype.scrollIntoView = up;
  render(<AcceptedHead accepted={accepted} justNow />);
  const head = screen.getByRole("status");
  expect(head.textContent).toContain("已确认，谢谢您");
  expect(head.textContent).toContain("订单号 SO26-000012");
  expect(document.activeElement).toBe(head);
  expect(up).toHaveBeenCalledOnce();
});

it("tells whoever opens it later the same, where the page begins", () => {
  const up = vi.fn();
  Element.prototype.scrollIntoView = up;
  render(<AcceptedHead accepted={accepted} justNow={false} />);
  expect(screen.getByRole("status").textContent).toContain("王工");
  expect(screen.getByRole("status").textContent).toContain("订单号 SO26-000012");
  expect(document.activeElement).toBe(document.body);
  expect(up).not.toHaveBeenCalled();
});
