import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, read } from "../api/client";
import type { CustomerRow, Me, OrderRow, ProductRow, QuoteRow } from "../api/types";
import { useDebounced } from "../parts/useDebounced";
import { quotesText } from "../text/quotes";
import { shellText } from "../text/shell";
import { type Command, recordCommand } from "./commands";

const EACH = 5;
const SETTLE_MS = 120;

interface Found {
  commands: Command[];
  /** Whether the server has answered for what is typed now, and for all areas. */
  state: "waiting" | "failed" | "told";
}

/** Records whose names fit, from the server; only of areas the person may read. */
export function useFound(typed: string, me: Me | undefined): Found {
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
  if (typed === "") return { commands: [], state: "told" };
  const all = [customers, quotes, orders, products];
  const waits = q !== typed || all.some((one) => one.isFetching);
  const state = waits ? "waiting" : all.some((one) => one.isError) ? "failed" : "told";
  if (q === "") return { commands: [], state };
  const commands = [
    ...(customers.data?.items ?? []).map(customerFound),
    ...(quotes.data?.items ?? []).map(quoteFound),
    ...(orders.data?.items ?? []).map(orderFound),
    ...(products.data?.items ?? []).map(productFound),
  ];
  return { commands, state };
}

const customerFound = ({ id, name, owner }: CustomerRow) =>
  recordCommand(shellText.commandCustomers, { kind: "customer", id, word: name, detail: owner.name });

const quoteFound = ({ id, number, customer }: QuoteRow) =>
  recordCommand(shellText.commandQuotes, {
    kind: "quote",
    id,
    word: number ?? quotesText.draftNumber,
    detail: customer.name,
  });

const orderFound = ({ id, number, customer }: OrderRow) =>
  recordCommand(shellText.commandOrders, { kind: "order", id, word: number, detail: customer.name });

const productFound = ({ id, name, code }: ProductRow) =>
  recordCommand(shellText.commandProducts, { kind: "product", id, word: name, detail: code });
