import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { AcceptBar } from "./AcceptBar";

type Seen = (entries: { isIntersecting: boolean }[]) => void;

afterEach(() => vi.unstubAllGlobals());

it("stands at the foot only while the form is out of sight, and leads to it", () => {
  let tell: Seen = () => undefined;
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(seen: Seen) {
        tell = seen;
      }
      observe() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollIntoView = vi.fn();
  render(
    <>
      <form id="accept">
        <input aria-label="您的姓名" />
      </form>
      <AcceptBar formId="accept" net="1280.00" />
    </>,
  );
  expect(screen.queryByRole("button", { name: "去确认下单" })).toBeNull();
  act(() => tell([{ isIntersecting: false }]));
  fireEvent.click(screen.getByRole("button", { name: "去确认下单" }));
  expect(document.activeElement).toBe(screen.getByLabelText("您的姓名"));
  act(() => tell([{ isIntersecting: true }]));
  expect(screen.queryByRole("button", { name: "去确认下单" })).toBeNull();
});
