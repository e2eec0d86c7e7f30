import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Guided } from "./Guided";

const screenOf = vi.hoisted(() => ({ phone: true }));
vi.mock("../../parts/useIsPhone", () => ({ useIsPhone: () => screenOf.phone }));
vi.mock("./useGuide", () => ({ useGuide: () => ({ guide: null, shown: true, turn: () => {} }) }));

const says = (done: boolean) => {
  const shown = render(
    <Guided step="customer" done={done}>
      <p>客户</p>
    </Guided>,
  );
  const lines = screen.getAllByText(/./, { selector: "p" }).length;
  shown.unmount();
  return lines > 1;
};

it("says nothing more on a phone of what is done, so that the next step stays in sight", () => {
  expect([says(true), says(false)]).toEqual([false, true]);
  screenOf.phone = false;
  expect([says(true), says(false)]).toEqual([true, true]);
});
