import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Quote } from "../../api/types";
import AskSheet from "./AskSheet";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => () => {}, useBlocker: () => {} }));

const askable = [{ id: 1, name: "陆建平" }];
const back = {
  reason: "老客户竞标",
  given_back_at: 1,
  words: "最多让到 106",
  to: { id: 1, name: "陆建平" },
};

interface AskedProps {
  ask: unknown;
  others?: typeof askable;
  onClose?: () => void;
}

function Asked({ ask, others = [], onClose = () => {} }: AskedProps) {
  const quote = { id: 27, askable: [...askable, ...others], ask } as unknown as Quote;
  return (
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <AskSheet quote={quote} flush={async () => quote} onAsked={() => {}} onClose={onClose} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

const reason = () => screen.getByRole("textbox", { name: /为什么要让到这个价/ }) as HTMLTextAreaElement;

it("begins a second request with the reason of the first, and the first with none", () => {
  const again = render(<Asked ask={back} />);
  expect(reason().value).toBe("老客户竞标");
  again.unmount();
  const first = render(<Asked ask={null} />);
  expect(reason().value).toBe("");
  first.unmount();
});

it("begins anew where the draft was changed since, and with whoever gave it back", () => {
  const changed = { ...back, changed: true, to: { id: 9, name: "周永年" } };
  const shown = render(<Asked ask={changed} others={[{ id: 9, name: "周永年" }]} />);
  expect(reason().value).toBe("");
  const names = screen.getAllByRole("option").map((one) => one.textContent);
  expect(names).toEqual(["周永年", "陆建平"]);
  shown.unmount();
});

it("asks before the reason that was typed is lost, and closes at once with the words it began with", () => {
  const onClose = vi.fn();
  const pressEscape = () => fireEvent.keyDown(document.body, { key: "Escape" });
  const shown = render(<Asked ask={back} onClose={onClose} />);
  fireEvent.change(reason(), { target: { value: "老客户竞标，二期还有三百桶" } });
  pressEscape();
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "留下继续改" }));
  expect(reason().value).toBe("老客户竞标，二期还有三百桶");
  fireEvent.change(reason(), { target: { value: "老客户竞标" } });
  pressEscape();
  expect(onClose).toHaveBeenCalledTimes(1);
  shown.unmount();
});

it("offers those who may issue it once the one who was chosen may not", async () => {
  const { happyDOM } = window as unknown as { happyDOM: { setURL: (address: string) => void } };
  happyDOM.setURL("http://huxi.test/");
  const told = { id: 27, state: "draft", askable: [{ id: 9, name: "周永年" }], ask: null };
  vi.stubGlobal("fetch", async (request: Request) =>
    request.method === "GET"
      ? Response.json(told)
      : Response.json(
          {
            code: "invalid",
            detail: "有一项填得不对。",
            facts: { fields: [{ path: "person_id", detail: "请重新选" }] },
          },
          { status: 422 },
        ),
  );
  const shown = render(<Asked ask={back} />);
  expect(screen.getByRole("option", { name: "陆建平" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "发给他" }));
  await waitFor(() => expect(screen.getByRole("option", { name: "周永年" })).toBeTruthy());
  expect(screen.queryByRole("option", { name: "陆建平" })).toBe(null);
  shown.unmount();
  vi.unstubAllGlobals();
});
