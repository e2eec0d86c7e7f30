import { cleanup, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import type { TodayItem } from "../../api/types";
import { TodayFigures } from "./TodayFigures";
import { TodayMore } from "./TodayMore";

interface LinkProps {
  to: string;
  search: Record<string, string>;
  children: ReactNode;
}

vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, search, children }: LinkProps) => (
    <a href={`${to}?${new URLSearchParams(search)}`}>{children}</a>
  ),
}));

afterEach(cleanup);

const sum = (count: number) => ({ count, net: "100.00" });
const figures = { open: sum(60), expiring: sum(39), signed_month: sum(1), drafts: sum(2) };
const items = (kind: string, count: number) => Array.from({ length: count }, () => ({ kind }) as TodayItem);
const SOON = "/quotes?state=issued&valid_to=2026-12-03&sort=valid";

it("says how many end soon where not all of them are listed, and leads to them, the first to end first", () => {
  const listed = [...items("quote_expiring", 20), ...items("quote_draft", 2)];
  render(<TodayMore listed={listed} figures={figures} soon="2026-12-03" />);
  const links = screen.getAllByRole("link");
  expect(links.map((link) => link.textContent)).toEqual(["3 天内到期的一共 39 张，看全部"]);
  expect(links[0]?.getAttribute("href")).toBe(SOON);
});

it("says the same of drafts, and nothing of what is not among the person's tasks", () => {
  render(<TodayMore listed={items("quote_draft", 1)} figures={figures} soon="2026-12-03" />);
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual([
    "没出具的草稿一共 2 张，看全部",
  ]);
});

it("opens the list from the card of what ends soon with the first to end first", () => {
  render(<TodayFigures figures={figures} soon="2026-12-03" />);
  expect(screen.getByRole("link", { name: /3 天内到期/ }).getAttribute("href")).toBe(SOON);
});
