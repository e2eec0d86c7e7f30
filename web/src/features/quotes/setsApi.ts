import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";

export const setsKey = ["quote-sets"] as const;

export const setsQuery = queryOptions({
  queryKey: [...setsKey, "list"],
  queryFn: ({ signal }) => read(client.GET("/api/quote-sets", { signal })),
});

/** By how much a list is multiplied. */
export interface Factor {
  by: "times" | "area";
  figure: string;
  roundUp: boolean;
}

/** A list as it would stand in a draft for a customer. */
export const fillQuery = (id: number, customer: number, { by, figure, roundUp }: Factor) =>
  queryOptions({
    queryKey: [...setsKey, "fill", id, customer, by, figure, roundUp],
    queryFn: ({ signal }) =>
      read(
        client.GET("/api/quote-sets/{id}/fill", {
          params: { path: { id }, query: { customer, [by]: figure, round_up: roundUp } },
          signal,
        }),
      ),
    placeholderData: (before) => before,
  });
