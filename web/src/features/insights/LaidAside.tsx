import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { toast } from "../../parts/toast";
import { operationText } from "../../text/operation";
import styles from "./LaidAside.module.css";

const words = operationText.laidAside;
const ASK_EVERY_MS = 60_000;

const asideQuery = queryOptions({
  queryKey: ["clock", "aside"],
  queryFn: ({ signal }) => read(client.GET("/api/clock/aside", { signal })),
  refetchInterval: ASK_EVERY_MS,
});

/** To whoever keeps the company: what the rules could not do and nobody tries again by itself, and the way to try. */
export function LaidAside() {
  const cache = useQueryClient();
  const aside = useQuery(asideQuery).data;
  const again = useMutation({
    mutationFn: () => read(client.POST("/api/clock/retry", { body: {} })),
    onSuccess: ({ events, timers }) => toast(words.begun(events + timers)),
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
    onSettled: () => cache.invalidateQueries({ queryKey: asideQuery.queryKey }),
  });
  if (!aside || aside.events + aside.timers === 0) return null;
  return (
    <section className={styles.aside} aria-label={words.title}>
      <Icon name="warning" size={18} />
      <p>
        <b>{words.count(aside.events + aside.timers)}</b>
        {aside.events > 0 && <small>{words.events(aside.events)}</small>}
        {aside.timers > 0 && <small>{words.timers(aside.timers)}</small>}
        <small>{words.how}</small>
      </p>
      <Button busy={again.isPending} onClick={() => again.mutate()}>
        {words.again}
      </Button>
    </section>
  );
}
