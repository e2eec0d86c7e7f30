import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { ReasonSheet } from "./ReasonSheet";

vi.mock("@tanstack/react-router", () => ({ useBlocker: () => {} }));

afterEach(cleanup);

/** A page on which the sheet stays while it is closed, as on a task. */
function Refusing() {
  const [open, setOpen] = useState(true);
  return (
    <MantineProvider env="test">
      <button type="button" onClick={() => setOpen(true)}>
        退回任务
      </button>
      <ReasonSheet
        open={open}
        title="退回"
        explains="任务回到派给你的人"
        action="退回"
        busy={false}
        problem={null}
        onClose={() => setOpen(false)}
        onReason={() => {}}
      />
    </MantineProvider>
  );
}

const reason = () => screen.queryByRole("textbox") as HTMLTextAreaElement | null;
const pressEscape = () => fireEvent.keyDown(document.body, { key: "Escape" });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

it("asks before a typed reason is lost, and begins with none and no question the next time", () => {
  render(<Refusing />);
  fireEvent.change(reason() as HTMLTextAreaElement, { target: { value: "客户已经换了联系人" } });
  pressEscape();
  expect(screen.getByText("还有内容没有保存")).toBeTruthy();
  press("留下继续改");
  expect(reason()?.value).toBe("客户已经换了联系人");
  pressEscape();
  press("丢掉并关闭");
  expect(reason()).toBeNull();
  press("退回任务");
  expect(reason()?.value).toBe("");
  expect(screen.queryByText("还有内容没有保存")).toBeNull();
});

it("closes at once while no reason is typed", () => {
  render(<Refusing />);
  pressEscape();
  expect(reason()).toBeNull();
});
