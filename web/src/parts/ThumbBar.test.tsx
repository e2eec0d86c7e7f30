import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { Button } from "./Button";
import { ThumbBar } from "./ThumbBar";

it("holds the acts in a bar that counts as the foot, and keeps what is shown when the bar goes", () => {
  const at = (acts: boolean) => (
    <ThumbBar label="下一步" acts={acts && <button type="button">确认无误</button>}>
      <input aria-label="编码" />
    </ThumbBar>
  );
  const shown = render(at(true));
  const bar = screen.getByRole("group", { name: "下一步" });
  expect(within(bar).getByRole("button", { name: "确认无误" })).toBeTruthy();
  expect(bar.hasAttribute("data-foot")).toBe(true);
  const field = screen.getByLabelText("编码");
  shown.rerender(at(false));
  expect(screen.queryByRole("group")).toBeNull();
  expect(screen.getByLabelText("编码")).toBe(field);
  shown.unmount();
});

it("knows the main act of several by its look, so that it takes the place under the thumb", () => {
  const acts = (
    <>
      <Button look="text">退回</Button>
      <Button look="primary">确认无误</Button>
    </>
  );
  const shown = render(
    <ThumbBar label="下一步" acts={acts}>
      <p>差异</p>
    </ThumbBar>,
  );
  const main = shown.container.querySelectorAll('[data-foot] > [data-look="primary"]');
  expect([...main].map((one) => one.textContent)).toEqual(["确认无误"]);
  shown.unmount();
});
