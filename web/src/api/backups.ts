import { queryOptions } from "@tanstack/react-query";
import { client, read } from "./client";

/** What lies in the folder of backups, and when one is made by itself; for administrators. */
export const backupsQuery = queryOptions({
  queryKey: ["backups"],
  queryFn: ({ signal }) => read(client.GET("/api/backups", { signal })),
});
