import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import type { NoticeSetting } from "../../api/types";
import { toast } from "../../parts/toast";
import { useMessagesChanged, useReadNotice } from "../../parts/useReadNotice";
import { taskText } from "../../text/tasks";

export const noticesQuery = paged(["notices"], (after, signal) =>
  read(client.GET("/api/notices", { params: { query: { limit: 50, after } }, signal })),
);

export const settingQuery = queryOptions({
  queryKey: ["notice setting"],
  queryFn: ({ signal }) => read(client.GET("/api/me/notices", { signal })),
});

export function useReadNotices() {
  const one = useReadNotice();
  const all = useMutation({
    mutationFn: () => read(client.POST("/api/notices/read")),
    onSettled: useMessagesChanged(),
  });
  return { one, all };
}

export function useKeepSetting() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NoticeSetting) => read(client.PUT("/api/me/notices", { body })),
    onSuccess: (kept) => {
      cache.setQueryData(settingQuery.queryKey, kept);
      toast(taskText.settingSaved);
    },
  });
}
