import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Sheet } from "./Sheet";
import { useTyped } from "./useTyped";

/** What each open sheet answers to the back button, the one below first. */
const asked = vi.hoisted(() => ({ all: new Map<string, () => boolean>() }));

vi.mock("@tanstack/react-router", async () => {
  const { useEffect, useId } = await import("react");
  interface Blocker {
    shouldBlockFn: (at: { action: string }) => boolean;
    disabled: boolean;
  }
  return {
    useBlocker: ({ shouldBlockFn, disabled }: Blocker) => {
      const id = useId();
      useEffect(() => {
        if (!disabled) asked.all.set(id, () => shouldBlockFn({ action: "BACK" }));
        return () => void asked.all.delete(id);
      });
    },
  };
});

/** Presses back: whether a sheet took it, and the page stayed. */
const back = () => {
  let taken = false;
  act(() => {
    taken = [...asked.all.values()].some((one) => one());
  });
  return taken;
};

function Form({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("工地");
  const typed = useTyped([text]);
  return (
    <Sheet open onClose={onClose} title="交货与结算" typed={typed}>
      <input aria-label="地址" value={text} onChange={(event) => setText(event.target.value)} />
    </Sheet>
  );
}

const onClose = vi.fn();
const show = () =>
  render(
    <MantineProvider env="test">
      <Form onClose={onClose} />
    </MantineProvider>,
  );
const tapBeside = () => {
  const covers = document.querySelectorAll(".mantine-Modal-overlay");
  fireEvent.click(covers[covers.length - 1] as Element);
};
const type = (value: string) => fireEvent.change(screen.getByLabelText("地址"), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

beforeEach(() => onClose.mockClear());
afterEach(cleanup);

it("closes at once on back or a tap beside it while nothing is typed", () => {
  show();
  expect(back()).toBe(true);
  expect(onClose).toHaveBeenCalledTimes(1);
  tapBeside();
  expect(onClose).toHaveBeenCalledTimes(2);
});

it.each([
  ["back", back],
  ["a tap beside it", tapBeside],
])("asks before %s takes away what was typed, and keeps it when one stays", (_, leave) => {
  show();
  type("园区路 8 号");
  leave();
  expect(onClose).not.toHaveBeenCalled();
  expect(screen.getByText("还有内容没有保存")).toBeTruthy();
  press("留下继续改");
  expect((screen.getByLabelText("地址") as HTMLInputElement).value).toBe("园区路 8 号");
  leave();
  press("丢掉并关闭");
  expect(onClose).toHaveBeenCalledTimes(1);
});

it("takes back on the question as staying, and asks nothing once it says again what it said", () => {
  show();
  type("园区路 8 号");
  back();
  expect(back()).toBe(true);
  expect(onClose).not.toHaveBeenCalled();
  expect(screen.queryByText("还有内容没有保存")).toBeNull();
  type("工地");
  expect(back()).toBe(true);
  expect(onClose).toHaveBeenCalledTimes(1);
});
