import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";

export const productKey = (id: number) => ["products", "one", id] as const;

export const productQuery = (id: number) =>
  queryOptions({
    queryKey: productKey(id),
    queryFn: ({ signal }) => read(client.GET("/api/products/{id}", { params: { path: { id } }, signal })),
  });

export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => read(client.GET("/api/categories", { signal })),
});
