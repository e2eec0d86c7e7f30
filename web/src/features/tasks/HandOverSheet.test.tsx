import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import type { Task } from "../../api/types";
import { HandOverSheet } from "./HandOverSheet";
import type { useTaskActs } from "./taskApi";

vi.mock("../../parts/Sheet", () => ({
  Sheet: ({ children, footer }: { children: ReactNode; footer: ReactNode }) => (
    <div>
      {children}
      {footer}
    </div>
  ),
}));
vi.mock("./taskApi", () => ({
  takersQuery: (id: number, q: string | undefined) => ({
    queryKey: [id, q],
    queryFn: async () => {
      const far = { id: 9, name: "周远", org: "建邺" };
      const near = { id: 1, name: "陈近", org: "姑苏" };
      if (q === "无") return { items: [], more: false };
      return q === undefined ? { items: [near], more: true } : { items: [far], more: false };
    },
  }),
}));

it("finds who is not among the first, and gives the task to nobody who went out of sight", async () => {
  const mutate = vi.fn();
  const handOver = { mutate, isPending: false, error: null } as unknown as ReturnType<
    typeof useTaskActs
  >["handOver"];
  const task = { id: 3, text: "给客户打电话" } as unknown as Task;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <HandOverSheet task={task} handOver={handOver} onClose={vi.fn()} />
    </QueryClientProvider>,
  );
  fireEvent.click(await screen.findByRole("radio", { name: /陈近/ }));
  screen.getByText("没有列全，输入姓名继续找");
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "周" } });
  const far = await screen.findByRole("radio", { name: /周远/ });
  fireEvent.click(screen.getByRole("button", { name: "转交" }));
  expect(mutate, "whoever was chosen before is not in sight").not.toHaveBeenCalled();
  fireEvent.click(far);
  fireEvent.click(screen.getByRole("button", { name: "转交" }));
  expect(mutate).toHaveBeenCalledWith(expect.objectContaining({ id: 9 }));
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "无" } });
  await screen.findByText("没有找到能看到这张单据的同事，换个写法再找");
});
