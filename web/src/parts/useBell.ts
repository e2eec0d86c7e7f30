import { queryOptions, useQuery } from "@tanstack/react-query";
import { client, read } from "../api/client";

/** Messages not read, open tasks, and those overdue; the stream of changes makes it fresh at once. */
export const bellQuery = queryOptions({
  queryKey: ["bell"],
  queryFn: ({ signal }) => read(client.GET("/api/notices/counts", { signal })),
  refetchInterval: 60_000,
});

export const useBell = () => useQuery(bellQuery).data;
