import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { toast } from "../../parts/toast";
import { agreeingText } from "../../text/agreeing";
import styles from "./Agreeing.module.css";
import { quoteKey } from "./quoteApi";

/** In whose hands the draft is, and the way to take it over. */
export function Hands({ quote, onTaken }: { quote: Quote; onTaken: (quote: Quote) => void }) {
  const me = useQuery(meQuery).data;
  const cache = useQueryClient();
  const take = useMutation({
    mutationFn: () =>
      read(client.POST("/api/quotes/{id}/take-over", { params: { path: { id: quote.id } }, body: {} })),
    onSuccess: (taken) => {
      cache.setQueryData(quoteKey(quote.id), taken);
      onTaken(taken);
      toast(agreeingText.taken);
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  if (!quote.actions.includes("take_over")) return null;
  const other = quote.taken_by;
  return (
    <div className={styles.hands} role="status">
      <span>{other ? agreeingText.takenBy(other.name) : agreeingText.ofOther(quote.owner.name)}</span>
      <Button small busy={take.isPending} onClick={() => take.mutate()}>
        {other && quote.owner.id === me?.id ? agreeingText.takeBack : agreeingText.takeOver}
      </Button>
    </div>
  );
}
