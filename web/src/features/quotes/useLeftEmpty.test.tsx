import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Quote } from "../../api/types";
import { useToasts } from "../../parts/toast";
import type { DraftDoc } from "./draftModel";
import { begunNow } from "./leftEmpty";
import { useLeftEmpty } from "./useLeftEmpty";

const to = vi.hoisted(() => vi.fn());
vi.mock("@tanstack/react-router", () => ({ useNavigate: () => to }));
vi.mock("../../parts/kept", () => ({ pastedKept: async () => [] }));

const quote = {
  id: 31,
  version: 1,
  customer: { id: 3, name: "恒泰建设" },
  valid_until_chosen: false,
  notes: "",
  lines: [],
  terms: {},
  whole: {},
  actions: ["edit", "delete"],
  ask: null,
  taken_by: null,
} as unknown as Quote;
const blank: DraftDoc = { customerId: 3, validUntil: null, notes: "", lines: [] };
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  const { happyDOM } = window as unknown as { happyDOM: { setURL: (address: string) => void } };
  happyDOM.setURL("http://huxi.test/");
  vi.stubGlobal("fetch", async ({ method }: Request) => {
    asked.push(method);
    return method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(quote);
  });
});
afterEach(() => vi.unstubAllGlobals());

const cache = new QueryClient();
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={cache}>{children}</QueryClientProvider>
);
const open = (doc: DraftDoc) => {
  const left = { doc, status: { state: "saved" as const, quote }, otherTab: false };
  return renderHook(() => useLeftEmpty(1, left), { wrapper, reactStrictMode: true });
};
/** Long enough for what must not happen to be seen where it does. */
const later = () => act(() => new Promise((done) => setTimeout(done, 50)));

it("asks the server nothing while the page is open, drawn twice though it is, and when words are left", async () => {
  begunNow(31);
  const page = open({ ...blank, notes: "月底送货" });
  await later();
  page.unmount();
  await later();
  expect(asked).toEqual([]);
});

it("takes the empty draft away when the page is left, says so, and offers to go on for the same customer", async () => {
  begunNow(31);
  const page = open(blank);
  await later();
  expect(asked).toEqual([]);
  page.unmount();
  await waitFor(() => expect(asked).toEqual(["GET", "DELETE"]));
  const toasts = renderHook(() => useToasts()).result;
  const told = () => toasts.current.find(({ text }) => text === "没有加商品，草稿没有留下");
  await waitFor(() => expect(told()).toBeTruthy());
  act(() => told()?.action?.act());
  expect(to).toHaveBeenCalledWith({ to: "/quotes/new", search: { customer: 3 } });
});
