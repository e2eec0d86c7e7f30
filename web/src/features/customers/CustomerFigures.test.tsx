import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { meQuery } from "../../api/session";
import type { Customer, Me } from "../../api/types";
import { customersText } from "../../text/customers";
import { CustomerFigures } from "./CustomerFigures";

const figures = {
  quotes_open: { count: 0, net: "0.00" },
  orders_12m: { count: 0, net: "0.00" },
  last_order_day: null,
};

function shownTo(rights: string[]): string {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  queries.setQueryData(meQuery.queryKey, { rights } as Me);
  const shown = render(
    <QueryClientProvider client={queries}>
      <CustomerFigures customer={{ figures } as Customer} />
    </QueryClientProvider>,
  );
  const text = shown.container.textContent ?? "";
  shown.unmount();
  return text;
}

it("says nothing of documents that one does not see, and not that there are none", () => {
  expect(shownTo(["customer.read", "order.read"])).toBe("");
  expect(shownTo(["quote.read"])).not.toContain(customersText.orders12m);
  const all = shownTo(["quote.read", "order.read", "price.read"]);
  expect(all).toContain(customersText.openQuotes);
  expect(all).toContain(customersText.lastOrder);
});
