import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";

export const draftKey = (id: number) => ["config", "draft", id] as const;
export const draftRowsKey = (id: number) => ["config", "draft rows", id] as const;

export const draftQuery = (id: number) =>
  queryOptions({
    queryKey: draftKey(id),
    queryFn: ({ signal }) =>
      read(client.GET("/api/config/drafts/{id}", { params: { path: { id } }, signal })),
  });
