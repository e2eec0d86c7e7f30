import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import { forgetAll } from "../../parts/deviceStore";
import { keptOf } from "../../parts/kept";
import { tellTabs } from "../../parts/tabs";
import { toast } from "../../parts/toast";

/**
 * Signs out, here or everywhere; asks first when something typed on this device would be lost, and leaves nothing
 * behind. `onEnd` hears that it is over, well or not.
 */
export function useLeave(onEnd?: () => void) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<{ everywhere: boolean; count: number } | null>(null);
  const leave = useMutation({
    mutationFn: (everywhere: boolean) =>
      read(everywhere ? client.DELETE("/api/sessions") : client.DELETE("/api/session")),
    onSuccess: async () => {
      setAsked(null);
      onEnd?.();
      await navigate({ to: "/login", search: {} });
      cache.clear();
      await forgetAll();
      tellTabs({ kind: "signed_out" });
    },
    onError: (error) => {
      toast(asProblem(error).message, { tone: "fault" });
      onEnd?.();
    },
  });
  const ask = async (everywhere: boolean) => {
    const person = cache.getQueryData(meQuery.queryKey)?.id;
    const count = person === undefined ? 0 : (await keptOf(person)).length;
    if (count > 0) setAsked({ everywhere, count });
    else leave.mutate(everywhere);
  };
  return {
    ask,
    asked,
    busy: leave.isPending,
    confirm: () => asked && leave.mutate(asked.everywhere),
    stay: () => setAsked(null),
  };
}
