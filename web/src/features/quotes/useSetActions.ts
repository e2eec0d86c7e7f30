import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { QuoteSetRow } from "../../api/types";
import { toast } from "../../parts/toast";
import { setsText } from "../../text/sets";
import { setsKey, setsQuery } from "./setsApi";

/** Moving one's own lists, and deleting one with the way back. */
export function useSetActions(sets: QuoteSetRow[]) {
  const cache = useQueryClient();
  const fault = (error: unknown) => toast(asProblem(error).message, { tone: "fault" });
  const fresh = () => cache.invalidateQueries({ queryKey: setsKey });
  const order = useMutation({
    mutationFn: (ids: number[]) => read(client.PUT("/api/quote-sets/order", { body: { ids } })),
    onSuccess: (now) => cache.setQueryData(setsQuery.queryKey, now),
    onError: fault,
  });
  const restore = useMutation({
    mutationFn: (id: number) =>
      read(client.POST("/api/quote-sets/{id}/restore", { params: { path: { id } } })),
    onSuccess: fresh,
    onError: fault,
  });
  const remove = useMutation({
    mutationFn: ({ id }: QuoteSetRow) =>
      read(client.DELETE("/api/quote-sets/{id}", { params: { path: { id } } })),
    onSuccess: (_, set) => {
      toast(setsText.removed(set.name), {
        action: { word: setsText.undo, act: () => restore.mutate(set.id) },
      });
      return fresh();
    },
    onError: fault,
  });
  const move = (id: number, by: number) => {
    const ids = sets.filter((set) => set.mine).map((set) => set.id);
    const from = ids.indexOf(id);
    ids.splice(from, 1);
    ids.splice(from + by, 0, id);
    order.mutate(ids);
  };
  return { move, remove: (set: QuoteSetRow) => remove.mutate(set) };
}
