import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../api/client";

/** What shows messages that are not read: their page, the bell, and 今天. */
export function useMessagesChanged() {
  const cache = useQueryClient();
  return () => {
    for (const key of ["notices", "bell", "today"]) void cache.invalidateQueries({ queryKey: [key] });
  };
}

/** Marks one of the person's messages as read. */
export function useReadNotice() {
  return useMutation({
    mutationFn: (id: number) => read(client.POST("/api/notices/{id}/read", { params: { path: { id } } })),
    onSettled: useMessagesChanged(),
  });
}
