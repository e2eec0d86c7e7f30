import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import type { Priced, PriceRequest } from "../../api/types";
import { useDebounced } from "../../parts/useDebounced";

const STILL_MS = 250;
/** An answer counts for so long, and is asked for anew before: what is published meanwhile is in the next one. */
const HELD_MS = 5_000;
const ANEW_MS = 4_000;

export interface Foreseen {
  priced: Priced;
  /** It is the answer to another question than the one that is being typed, or an old one. */
  stale: boolean;
}

/**
 * What the server would make of these lines, asked once the hands are still; null while there is nothing to ask, `unknown`
 * where it could not say: another line may not be finished yet.
 */
export function useForeseen(request: PriceRequest | null): Foreseen | "unknown" | null {
  const typed = request === null ? "" : JSON.stringify(request);
  const asked = useDebounced(typed, STILL_MS);
  const { data, isError, isPlaceholderData, isStale } = useQuery({
    queryKey: ["quotes", "price", "typed", asked],
    queryFn: ({ signal }) =>
      read(client.POST("/api/quotes/price", { body: JSON.parse(asked) as PriceRequest, signal })),
    enabled: asked !== "" && asked === typed,
    placeholderData: keepPreviousData,
    staleTime: HELD_MS,
    refetchInterval: ANEW_MS,
    retry: false,
  });
  if (typed === "") return null;
  if (isError && asked === typed) return "unknown";
  if (!data) return null;
  return { priced: data, stale: isPlaceholderData || isStale || asked !== typed };
}
