import { fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import type { ConversionRow } from "../../api/types";
import { today } from "../../parts/format";
import { ConversionTable } from "./ConversionTable";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, children }: { to: string; children: ReactNode }) => <a href={to}>{children}</a>,
}));

const phone = vi.hoisted(() => vi.fn(() => false));
vi.mock("../../parts/useIsPhone", () => ({ useIsPhone: phone }));

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

it("puts the groups in the order that is asked for, with all of them together at the end", () => {
  const rows = [month("2001-02", 2), { ...month("2001-03", 1), sent: sum(8) }];
  const shown = render(<ConversionTable by="person" rows={rows} from="2001-01-01" to={today()} />);
  const names = () => screen.getAllByRole("rowheader").map((one) => one.textContent);
  expect(names()).toEqual(["2001-02", "2001-03", "合计"]);
  expect(
    screen.getByRole("option", { name: "出具金额高的在前" }),
    "the first order says what it is",
  ).toBeTruthy();
  fireEvent.change(screen.getByRole("combobox", { name: "排序" }), { target: { value: "sent" } });
  expect(names()).toEqual(["2001-03", "2001-02", "合计"]);
  expect(screen.getByRole("row", { name: /合计/ }).textContent).toContain("13");
  shown.rerender(<ConversionTable by="category" rows={rows} from="2001-01-01" to={today()} />);
  expect(names(), "a quotation counts in each of its categories").not.toContain("合计");
  shown.unmount();
});

it("shows on a phone who signed how many of how many, and the rest when it is opened", () => {
  phone.mockReturnValue(true);
  const shown = render(
    <ConversionTable by="person" rows={[month("陈思远", 2)]} from="2001-01-01" to={today()} />,
  );
  expect(screen.queryByRole("table")).toBeNull();
  expect(shown.container.querySelector("summary")?.textContent).toBe("陈思远签 0 / 5 张0.0%");
  expect(shown.container.querySelector("dl")?.textContent).toContain("待签回");
  shown.unmount();
});
