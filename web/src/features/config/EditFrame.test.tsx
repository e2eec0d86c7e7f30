import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Draft } from "../../api/types";
import { GridHead } from "../../kinds/config/price_list/GridHead";
import { EditFrame } from "./EditFrame";

const at = (state: Draft["state"], actions: Draft["actions"]) => (
  <EditFrame draft={{ state, actions }}>
    <button type="button">批量调价</button>
  </EditFrame>
);

it("says of a draft that was handed on that editing means to submit it again, and makes its buttons quiet", () => {
  const shown = render(at("editing", ["edit", "submit"]));
  const [frame] = shown.container.children;
  const button = screen.getByRole("button");
  expect(screen.queryByRole("note")).toBeNull();
  expect(frame?.className).toBe("");
  shown.rerender(at("submitted", ["edit", "discard"]));
  expect(screen.getByRole("note").textContent).toContain("已经提交");
  expect(screen.getByRole("note").textContent).toContain("重新提交");
  expect(frame?.className).not.toBe("");
  expect(screen.getByRole("button"), "the editor stays as it stands").toBe(button);
  shown.rerender(at("confirmed", ["edit"]));
  expect(screen.getByRole("note").textContent).toContain("重新确认");
  shown.rerender(at("submitted", ["confirm", "return"]));
  expect(screen.queryByRole("note"), "whoever cannot edit is told nothing").toBeNull();
  shown.unmount();
});

it("says that the prices of a version that waits are not those of today, at the frame and over their column", () => {
  const waits = { n: 8, effective_at: Date.parse("2026-06-01T00:00:00+08:00"), release_id: 2 };
  const head = <GridHead sorting={null} onSort={() => undefined} />;
  const draft = { state: "editing" as const, actions: ["edit"] };
  const shown = render(
    <EditFrame draft={draft} waits={waits}>
      {head}
    </EditFrame>,
  );
  expect(screen.getByRole("note").textContent).toMatch(/从 V8 改起。V8 定于 .*6月1日 00:00 生效/);
  expect(screen.getByRole("columnheader", { name: "V8 价（元）" })).toBeTruthy();
  shown.rerender(<EditFrame draft={draft}>{head}</EditFrame>);
  expect(screen.getByRole("columnheader", { name: "现价（元）" })).toBeTruthy();
  shown.unmount();
});
