import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import type { Task } from "../../api/types";
import { setServerNow } from "../../parts/format";
import { toast } from "../../parts/toast";
import { taskText } from "../../text/tasks";

export type TaskView = "mine" | "team" | "settled";

const PAGE = 50;

/** A list of tasks; the countdown counts by the server's clock, which comes with it. */
export const tasksQuery = (view: TaskView) =>
  paged(["tasks", view], async (after, signal) => {
    const query = {
      show: view === "settled" ? "settled" : "open",
      whose: view === "mine" ? "mine" : "all",
      limit: PAGE,
      after,
    };
    const page = await read(client.GET("/api/tasks", { params: { query }, signal }));
    setServerNow(page.now);
    return page;
  });

export const takersQuery = (id: number, q: string | undefined) =>
  queryOptions({
    queryKey: ["tasks", "takers", id, q],
    queryFn: ({ signal }) =>
      read(client.GET("/api/tasks/{id}/takers", { params: { path: { id }, query: { q } }, signal })),
    placeholderData: keepPreviousData,
  });

/** What changes with a task: the lists, the bell, and what the page of today says. */
export function useTasksChanged() {
  const cache = useQueryClient();
  return () => {
    for (const key of ["tasks", "bell", "notices"]) void cache.invalidateQueries({ queryKey: [key] });
  };
}

export interface Outcome {
  note: string;
  file: string | null;
}

/** What one does with a task; each can be taken back where the server allows it. */
export function useTaskActs(task: Task, onDone: () => void) {
  const changed = useTasksChanged();
  const params = { path: { id: task.id } };
  const after = (text: string, undo: boolean) => {
    changed();
    onDone();
    const action = undo ? { word: taskText.undo, act: () => reopen.mutate() } : undefined;
    toast(text, { action });
  };
  const reopen = useMutation({
    mutationFn: () => read(client.POST("/api/tasks/{id}/reopen", { params })),
    onSuccess: () => after(taskText.reopened, false),
  });
  const finish = useMutation({
    mutationFn: (body: Outcome) => read(client.POST("/api/tasks/{id}/finish", { params, body })),
    onSuccess: () => after(taskText.finished, true),
  });
  const refuse = useMutation({
    mutationFn: (reason: string) => read(client.POST("/api/tasks/{id}/refuse", { params, body: { reason } })),
    onSuccess: () => after(taskText.refused, true),
  });
  const handOver = useMutation({
    mutationFn: ({ id }: { id: number; name: string }) =>
      read(client.POST("/api/tasks/{id}/hand-over", { params, body: { holder_id: id } })),
    onSuccess: (_, { name }) => after(taskText.handed(name), false),
  });
  return { finish, refuse, handOver, reopen };
}
