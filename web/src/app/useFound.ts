import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, read } from "../api/client";
import type { CustomerRow, Me, OrderRow, ProductRow, QuoteRow } from "../api/types";
import { useDebounced } from "../parts/useDebounced";
import { quotesText } from "../text/quotes";
import { shellText } from "../text/shell";
import type { Command } from "./CommandBar";

const EACH = 5;
const SETTLE_MS = 120;

/** Records whose names fit, from the server; only of areas the person may read. */
export function useFound(typed: string, me: Me | undefined): Command[] {
  const q = useDebounced(typed, SETTLE_MS);
  const on = (right: string) => q !== "" && (me?.rights.includes(right) ?? false);
  const query = { q, limit: EACH };
  const customers = useQuery({
    queryKey: ["customers", "command", q],
    enabled: on("customer.read"),
    queryFn: ({ signal }) => read(client.GET("/api/customers", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  const products = useQuery({
    queryKey: ["products", "command", q],
    enabled: on("product.read"),
    queryFn: ({ signal }) => read(client.GET("/api/products", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  const quotes = useQuery({
    queryKey: ["quotes", "command", q],
    enabled: on("quote.read"),
    queryFn: ({ signal }) => read(client.GET("/api/quotes", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  const orders = useQuery({
    queryKey: ["orders", "command", q],
    enabled: on("order.read"),
    queryFn: ({ signal }) => read(client.GET("/api/orders", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  if (q === "") return [];
  return [
    ...(customers.data?.items ?? []).map(customerFound),
    ...(quotes.data?.items ?? []).map(quoteFound),
    ...(orders.data?.items ?? []).map(orderFound),
    ...(products.data?.items ?? []).map(productFound),
  ];
}

function customerFound(row: CustomerRow): Command {
  return {
    key: `c${row.id}`,
    group: shellText.commandCustomers,
    icon: "customers",
    word: row.name,
    detail: row.owner.name,
    link: { to: "/customers/$customerId", params: { customerId: String(row.id) } },
  };
}

function quoteFound(row: QuoteRow): Command {
  return {
    key: `q${row.id}`,
    group: shellText.commandQuotes,
    icon: "quote",
    word: row.number ?? quotesText.draftNumber,
    detail: row.customer.name,
    link: { to: "/quotes/$quoteId", params: { quoteId: String(row.id) } },
  };
}

function orderFound(row: OrderRow): Command {
  return {
    key: `o${row.id}`,
    group: shellText.commandOrders,
    icon: "order",
    word: row.number,
    detail: row.customer.name,
    link: { to: "/orders/$orderId", params: { orderId: String(row.id) } },
  };
}

function productFound(row: ProductRow): Command {
  return {
    key: `p${row.id}`,
    group: shellText.commandProducts,
    icon: "catalog",
    word: row.name,
    detail: row.code,
    link: { to: "/products/$productId", params: { productId: String(row.id) } },
  };
}
