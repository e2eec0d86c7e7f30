import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { client } from "../../api/client";
import type { FilledSetLine, LineProduct } from "../../api/types";
import { NO_CHOICES } from "./setLines";
import { usePricesNow } from "./usePricesNow";
import { useSetPrices } from "./useSetPrices";

const product = { id: 7, name: "外墙乳胶漆", base_unit: "桶", units: [] } as unknown as LineProduct;
const answer = (unit_price: string, net: string) => ({
  data: { lines: [{ id: "0", product, unit: "桶", unit_price }], totals: { net } },
  response: new Response(),
});
const post = vi.spyOn(client, "POST");
let cache = new QueryClient();

beforeEach(() => {
  post.mockReset();
  cache = new QueryClient();
});
afterEach(() => {
  cleanup();
  cache.clear();
});

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={cache}>{children}</QueryClientProvider>
);

it("asks anew what a product costs whenever it is looked at again, however short a while ago it was", async () => {
  const prices = () => renderHook(() => usePricesNow([product], null, 3), { wrapper });
  post.mockResolvedValue(answer("117.76", "117.76") as never);
  const first = prices();
  await waitFor(() => expect(first.result.current.get(7)?.unitPrice).toBe("117.76"));
  first.unmount();
  post.mockResolvedValue(answer("119.60", "119.60") as never);
  const again = prices();
  await waitFor(() => expect(again.result.current.get(7)?.unitPrice).toBe("119.60"));
  expect(post).toHaveBeenCalledTimes(2);
});

it("shows no sum of a list that is older than a few seconds as what it comes to now", async () => {
  const line = { product, own: null, qty: "5", unit: "桶", note: "", group: "", said: [], usable: true };
  const filled = [line] as unknown as FilledSetLine[];
  const prices = () => renderHook(() => useSetPrices(filled, NO_CHOICES, 3), { wrapper });
  post.mockResolvedValue(answer("117.76", "588.80") as never);
  const first = prices();
  await waitFor(() => expect(first.result.current.net).toBe("588.80"));
  first.unmount();
  const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 20_000);
  let answered = (_: unknown) => {};
  post.mockReturnValue(new Promise((resolve) => (answered = resolve)) as never);
  const again = prices();
  expect(again.result.current.net).toBeNull();
  await waitFor(() => expect(post).toHaveBeenCalledTimes(2));
  answered(answer("119.60", "598.00"));
  await waitFor(() => expect(again.result.current.net).toBe("598.00"));
  clock.mockRestore();
});
