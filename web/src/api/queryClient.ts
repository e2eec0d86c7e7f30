import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

/** Old answers stay on the screen while new ones are fetched; refusals are never asked twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 30 * 60_000,
      networkMode: "always",
      // What failed while the network was away is asked again when it is back.
      refetchOnReconnect: true,
      retry: (count, error) => error instanceof Problem && error.status >= 502 && count < 2,
    },
    mutations: { networkMode: "always", retry: false },
  },
});
