import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import type { FilledSetLine } from "../../api/types";
import { priceInputs, type SetChoices } from "./setLines";

/** An answer counts for so long, and is asked for anew before: what is published meanwhile is in the next one. */
const HELD_MS = 10_000;
const ANEW_MS = 5_000;

/** What the lines that would go in cost this customer now, by their place in the list, and what they come to. */
export function useSetPrices(filled: FilledSetLine[], choices: SetChoices, customer: number) {
  const lines = priceInputs(filled, choices);
  const { data, isPlaceholderData, isStale } = useQuery({
    queryKey: ["quotes", "price", customer, JSON.stringify(lines)],
    queryFn: ({ signal }) =>
      read(client.POST("/api/quotes/price", { body: { customer_id: customer, lines }, signal })),
    enabled: lines.length > 0,
    placeholderData: keepPreviousData,
    staleTime: HELD_MS,
    refetchInterval: ANEW_MS,
  });
  return {
    priced: new Map(data?.lines.map((line) => [Number(line.id), line])),
    /** Null until it is the sum of these very lines at the prices of now. */
    net: data && !isPlaceholderData && !isStale && lines.length > 0 ? data.totals.net : null,
  };
}
