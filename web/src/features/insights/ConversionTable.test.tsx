import { render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import type { ConversionRow } from "../../api/types";
import { today } from "../../parts/format";
import { ConversionTable } from "./ConversionTable";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, children }: { to: string; children: ReactNode }) => <a href={to}>{children}</a>,
}));

const sum = (count: number) => ({ count, net: "0.00" });

function month(name: string, open: number): ConversionRow {
  const none = sum(0);
  const figures = { sent: sum(5), signed: none, lost: none, cancelled: none, expired: none, open: sum(open) };
  return { id: null, name, rate_permille: 0, money_permille: 0, ...figures };
}

it("says that months are those of the issue, and what the running one has still open", () => {
  const running = today().slice(0, 7);
  const table = (rows: ConversionRow[]) => (
    <ConversionTable by="month" rows={rows} from="2001-01-01" to={today()} />
  );
  const shown = render(table([month("2001-01", 2), month(running, 3)]));
  expect(screen.getByText("出具月份")).toBeTruthy();
  expect(screen.getByRole("rowheader", { name: /未了结/ }).textContent).toBe(`${running}未了结 3 张`);
  shown.rerender(table([month(running, 0)]));
  expect(screen.queryByText(/未了结/)).toBeNull();
  shown.unmount();
});
