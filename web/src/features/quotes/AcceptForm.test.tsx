import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { client } from "../../api/client";
import { Problem } from "../../api/problem";
import type { SharedQuote } from "../../api/types";
import { AcceptForm } from "./AcceptForm";

const shared = (phone: string) =>
  ({ contact: "赵总", salesperson: "陈思远", salesperson_phone: phone }) as unknown as SharedQuote;

const form = (quote: SharedQuote) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <AcceptForm token="t" quote={quote} onAccepted={() => undefined} onUnanswered={() => undefined} />
    </QueryClientProvider>,
  );

const call = (shown: ReturnType<typeof render>) =>
  within(shown.container).queryByRole("link", { name: "拨打 13800000001" });

it("lets the customer call whoever has the code, at the field and beside a refusal", async () => {
  const wrong = new Problem(422, "wrong_code", "确认码不对，还可以再试 4 次。");
  const post = vi.spyOn(client, "POST").mockRejectedValue(wrong);
  const shown = form(shared("13800000001"));
  expect(call(shown)?.getAttribute("href")).toBe("tel:13800000001");
  expect(shown.container.textContent).toContain("请向业务员陈思远要");
  fireEvent.change(screen.getByLabelText("6 位确认码"), { target: { value: "123456" } });
  fireEvent.submit(shown.container.querySelector("form") as Element);
  await screen.findByText(/确认码不对，还可以再试/);
  expect(call(shown)).not.toBeNull();
  post.mockRestore();
  shown.unmount();
});

it("names the salesperson alone where no phone is known", () => {
  const shown = form(shared(""));
  expect(shown.container.textContent).toContain("请向业务员陈思远要");
  expect(within(shown.container).queryByRole("link")).toBeNull();
  shown.unmount();
});
