import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../../api/client";
import type { PausedRule } from "../../../api/types";
import { toast } from "../../../parts/toast";
import { ruleText } from "../../../text/rules";

const ASK_EVERY_MS = 60_000;

export const pausedQuery = queryOptions({
  queryKey: ["config", "paused rules"],
  queryFn: ({ signal }) => read(client.GET("/api/rules/paused", { signal })),
  refetchInterval: ASK_EVERY_MS,
});

/** Lets a rule go on: what waits of it runs, or is dropped. */
export function useResume(rule: PausedRule, done: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (held: "run" | "drop") =>
      read(client.POST("/api/rules/{key}/resume", { params: { path: { key: rule.key } }, body: { held } })),
    onSuccess: () => {
      toast(ruleText.resumed(rule.name));
      done();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: pausedQuery.queryKey }),
  });
}
