import { queryOptions } from "@tanstack/react-query";
import { client, read } from "./client";

/** What the checks find in a draft of configuration, as this person may see it. */
export const checksQuery = (draftId: number) =>
  queryOptions({
    queryKey: ["config", "draft checks", draftId],
    queryFn: ({ signal }) =>
      read(client.GET("/api/config/drafts/{id}/checks", { params: { path: { id: draftId } }, signal })),
  });
