import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { toast } from "../../parts/toast";
import { guideText } from "../../text/guide";

const guideQuery = queryOptions({
  queryKey: ["me", "guide"],
  staleTime: 60_000,
  queryFn: ({ signal }) => read(client.GET("/api/me/guide", { signal })),
});

/** Where the person stands with the hints of the first quotations; undefined until it is known. */
export function useGuide() {
  const cache = useQueryClient();
  const guide = useQuery(guideQuery).data;
  const put = useMutation({
    mutationFn: (off: boolean) => read(client.PUT("/api/me/guide", { body: { off } })),
    onSuccess: (now) => {
      cache.setQueryData(guideQuery.queryKey, now);
      toast(now.off ? guideText.turnedOff : guideText.turnedOn);
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  return {
    guide,
    shown: guide?.shown ?? false,
    /** Hints are still to come for this person, shown or put away. */
    learning: guide !== undefined && guide.issued < guide.until,
    turn: (off: boolean) => put.mutate(off),
  };
}
