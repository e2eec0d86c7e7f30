import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Draft, DraftRow } from "../../api/types";
import { configText } from "../../text/config";
import { RowsEditor } from "./RowsEditor";
import { figureUpTo, type RowColumn } from "./rowColumns";

const words = configText.kinds.price_limit;
const percent: RowColumn = {
  name: "depth",
  label: words.depthField,
  labelOf: words.depthOf,
  letters: 8,
  read: figureUpTo(100),
  bad: words.badDepth,
};
const yuan: RowColumn = {
  ...percent,
  name: "rounding",
  labelOf: words.roundingOf,
  read: figureUpTo(1000),
  bad: words.badRounding,
};
const content = { role: "sales", depth: "5", rounding: "10" };
const row = {
  key: "sales",
  content,
  before: content,
  change: "same",
  shown: {},
  delta: null,
  delta_percent: null,
};
const draft = { id: 7, version: 1, state: "editing", actions: ["edit"], item: { kind: "price_limit" } };

beforeEach(() => {
  const { happyDOM } = window as unknown as { happyDOM: { setURL: (address: string) => void } };
  happyDOM.setURL("http://huxi.test/");
  vi.stubGlobal("fetch", async () =>
    Response.json({ items: [row as unknown as DraftRow], next: null, total: 1 }),
  );
});
afterEach(() => vi.unstubAllGlobals());

const shown = () =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RowsEditor
        draft={draft as unknown as Draft}
        faults={new Map()}
        focusKey={null}
        read={() => ({ title: "销售", sub: "", value: "5%" })}
        hint=""
        step={(name) => name}
        columns={[percent, yuan]}
        keys={[]}
        start={() => ({ key: "", content: {} })}
        badKey=""
      />
    </QueryClientProvider>,
  );

const type = (field: HTMLElement, value: string) => {
  fireEvent.focus(field);
  fireEvent.change(field, { target: { value } });
  fireEvent.blur(field);
};

it("says why a figure is refused and leaves it to be corrected, also when the next field is entered", async () => {
  const view = shown();
  const depth = await screen.findByLabelText<HTMLInputElement>(words.depthOf("销售"));
  const rounding = screen.getByLabelText<HTMLInputElement>(words.roundingOf("销售"));
  for (const value of ["150", "-1", "abc"]) {
    type(depth, value);
    fireEvent.focus(rounding);
    fireEvent.blur(rounding);
    expect(depth.value).toBe(value);
    expect(depth.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("alert").textContent).toBe(words.badDepth);
    expect(screen.getByRole("status").textContent).toBe(configText.save.refused(1));
  }
  // Two fields of a row: what is left to be corrected is told until it is.
  type(rounding, "x");
  expect(screen.getByRole("alert").textContent).toBe(words.badRounding);
  type(rounding, "10");
  expect(screen.getByRole("alert").textContent).toBe(words.badDepth);
  type(depth, "5");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByRole("status").textContent).toBe(configText.save.saved);
  view.unmount();
});
