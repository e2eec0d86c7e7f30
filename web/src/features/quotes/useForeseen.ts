import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import type { Priced, PriceRequest } from "../../api/types";
import { useDebounced } from "../../parts/useDebounced";

const STILL_MS = 250;

export interface Foreseen {
  priced: Priced;
  /** It is the answer to another question than the one that is being typed. */
  stale: boolean;
}

/** What the server would make of these lines, asked once the hands are still; null while there is nothing to ask. */
export function useForeseen(request: PriceRequest | null): Foreseen | null {
  const typed = request === null ? "" : JSON.stringify(request);
  const asked = useDebounced(typed, STILL_MS);
  const { data, isPlaceholderData } = useQuery({
    queryKey: ["quotes", "price", "typed", asked],
    queryFn: ({ signal }) =>
      read(client.POST("/api/quotes/price", { body: JSON.parse(asked) as PriceRequest, signal })),
    enabled: asked !== "" && asked === typed,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  if (typed === "" || !data) return null;
  return { priced: data, stale: isPlaceholderData || asked !== typed };
}
