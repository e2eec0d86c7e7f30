import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { client } from "../../api/client";
import { unansweredProblem } from "../../api/problem";
import { meQuery, profileQuery } from "../../api/session";
import type { Quote, ShareLink } from "../../api/types";
import { SendCard } from "./SendCard";
import { sharesKey } from "./shareApi";

vi.mock("../../parts/Sheet", () => ({
  Sheet: ({ open, children }: { open: boolean; children: ReactNode }) => open && <div>{children}</div>,
}));

const quote = {
  id: 27,
  number: "SZ26-000123",
  revision: 1,
  state: "issued",
  hold: null,
  verify_code: null,
  chain: [],
} as unknown as Quote;
const link = (id: number, more: Partial<ShareLink> = {}): ShareLink => ({
  id,
  last_day: "2026-12-03",
  open: true,
  created_by: { id: 1, name: "陈思远" },
  created_at: 0,
  withdrawn_at: null,
  code_until: null,
  accepted_at: null,
  pages: 0,
  pdfs: 0,
  seen_at: null,
  ...more,
});
const url = "https://huxi.example.cn/s/abc";
const shares = (items: ShareLink[], may_share = true, outside = true) => ({
  items,
  looks: [],
  may_share,
  outside,
});
const post = vi.spyOn(client, "POST");
const copied = vi.fn(async (_text: string) => {});
const downloaded = vi.fn();

beforeEach(() => {
  post.mockReset();
  const body = { id: 9, token: "abc", url, shares: shares([link(9)]) };
  post.mockResolvedValue({ data: body, response: new Response() } as never);
  Object.defineProperty(navigator, "clipboard", { value: { writeText: copied }, configurable: true });
  HTMLAnchorElement.prototype.click = downloaded;
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

function shown(links: ReturnType<typeof shares>, cache = new QueryClient(), of: Partial<Quote> = {}) {
  cache.setDefaultOptions({ queries: { staleTime: Number.POSITIVE_INFINITY } });
  cache.setQueryData(meQuery.queryKey, { company: { name: "恒泰建材" } } as never);
  cache.setQueryData(profileQuery.queryKey, { sealed: true } as never);
  cache.setQueryData(["quotes", "pdf", 27], new File(["%PDF"], "a.pdf", { type: "application/pdf" }));
  cache.setQueryData(sharesKey(27), links);
  const page = render(
    <MantineProvider env="test">
      <QueryClientProvider client={cache}>
        <SendCard quote={{ ...quote, ...of }} fresh={false} onSeen={() => {}} onSign={() => {}} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { cache, page };
}

const button = (name: string) => screen.getByRole("button", { name });
const isMain = (name: string) => /primary/.test(button(name).className);

it("makes the link, copies it and says so with one press; the next press sends the same one", async () => {
  const { cache, page } = shown(shares([]));
  expect([isMain("发给客户"), isMain("客户已签，录入签约")]).toEqual([true, false]);
  fireEvent.click(button("发给客户"));
  await screen.findByText(/^链接已复制/);
  expect(copied).toHaveBeenLastCalledWith(`恒泰建材报价单 SZ26-000123，点开就能看 ${url}`);
  screen.getByText(url);
  expect([isMain("发给客户"), isMain("客户已签，录入签约")]).toEqual([false, true]);
  fireEvent.click(button("发给客户"));
  await waitFor(() => expect(copied).toHaveBeenCalledTimes(2));
  expect(post).toHaveBeenCalledTimes(1);
  // Whoever looked something up and came back still has it.
  page.unmount();
  shown(shares([link(9)]), cache);
  screen.getByText(url);
  expect(downloaded).not.toHaveBeenCalled();
});

it("says after a reload which link stands, and that another press makes one beside it", async () => {
  shown(shares([link(8, { pages: 2, seen_at: 1 })]));
  screen.getByText(/看过 2 次/);
  screen.getByText(/已有 1 个有效链接.*以前发出去的照常能打开/);
  expect(isMain("客户已签，录入签约")).toBe(true);
  fireEvent.click(button("发给客户"));
  await screen.findByText(url);
  expect(post).toHaveBeenCalledTimes(1);
});

it("makes another one when the one in hand was taken back", async () => {
  const cache = new QueryClient();
  cache.setQueryData(["quotes", "made-link", 27], { id: 7, url: "https://huxi.example.cn/s/old" });
  shown(shares([link(7, { open: false, withdrawn_at: 1 })]), cache);
  expect(screen.queryByText("https://huxi.example.cn/s/old")).toBeNull();
  fireEvent.click(button("发给客户"));
  await screen.findByText(url);
});

it("tells the sender when no customer outside can open the link, and who mends it", () => {
  shown(shares([link(8)], true, false));
  expect(screen.getByRole("note").textContent).toMatch(/外部网址还没有设好.*请管理员/);
  cleanup();
  shown(shares([link(8)]));
  expect(screen.queryByRole("note")).toBeNull();
});

it("sends the file where customers cannot open a link, and says so before a link is made", async () => {
  const body = { id: 9, token: "abc", url, shares: shares([link(9)], true, false) };
  post.mockResolvedValue({ data: body, response: new Response() } as never);
  shown(shares([], true, false));
  expect(screen.getByRole("note").textContent).toMatch(/客户在外面打不开.*先把 PDF 发给客户/);
  expect([isMain("把 PDF 发给客户"), isMain("客户已签，录入签约")]).toEqual([true, false]);
  // A link is for colleagues: nobody is told that the customer has it, and sending is still to do.
  fireEvent.click(button("生成公司内的链接"));
  await screen.findByText(/^链接已生成，只在公司网络里能打开/);
  await waitFor(() => expect(copied).toHaveBeenCalledTimes(1));
  expect(screen.queryByText(/粘贴给客户/)).toBeNull();
  expect([isMain("把 PDF 发给客户"), isMain("客户已签，录入签约")]).toEqual([true, false]);
  fireEvent.click(button("把 PDF 发给客户"));
  await waitFor(() => expect(downloaded).toHaveBeenCalledTimes(1));
  await waitFor(() => expect(isMain("客户已签，录入签约")).toBe(true));
  expect(post).toHaveBeenCalledTimes(1);
});

it("sends nothing any more once it is signed, and says of the links that they only show it", () => {
  shown(shares([link(8)], false), new QueryClient(), { state: "signed" });
  expect(screen.queryByRole("button", { name: "发给客户" })).toBeNull();
  screen.getByText("已签，链接只供查看");
  expect(screen.queryByText("有效")).toBeNull();
});

it("tells why no link could be made", async () => {
  const refused = { code: "too_many_links", detail: "这一版已有 5 个打开着的分享链接。", status: 409 };
  post.mockResolvedValue({ error: refused, response: new Response(null, { status: 409 }) } as never);
  shown(shares([link(8)]));
  fireEvent.click(button("发给客户"));
  await screen.findByText(/已有 5 个打开着的分享链接/);
  expect(copied).not.toHaveBeenCalled();
});

it("reads the links anew when nobody knows whether one was made", async () => {
  post.mockRejectedValue(unansweredProblem());
  const get = vi.spyOn(client, "GET");
  get.mockResolvedValue({ data: shares([link(9)]), response: new Response() } as never);
  shown(shares([]));
  fireEvent.click(button("发给客户"));
  await screen.findByText(/不知道做成没有/);
  await screen.findByText(/已有 1 个有效链接/);
  expect(post).toHaveBeenCalledTimes(1);
  expect(copied).not.toHaveBeenCalled();
  get.mockRestore();
});

it("gives the file where no link may be made", async () => {
  shown(shares([], false));
  fireEvent.click(button("发给客户"));
  await waitFor(() => expect(downloaded).toHaveBeenCalledTimes(1));
  expect(post).not.toHaveBeenCalled();
});
