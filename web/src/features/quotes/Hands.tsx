import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { toast } from "../../parts/toast";
import { agreeingText } from "../../text/agreeing";
import styles from "./Agreeing.module.css";
import { gaveBack } from "./askRead";
import { quoteKey } from "./quoteApi";

type Handed = Pick<Quote, "taken_by" | "made_by" | "owner" | "ask" | "can_issue">;

/** Whose draft it is and who works on it, as `me` stands to it. */
export function handsRead(quote: Handed, me: number | undefined): string {
  const { taken_by: taken, made_by: maker, owner } = quote;
  if (taken && taken.id === me) return agreeingText.takenByMe(owner.name);
  if (taken) return agreeingText.takenBy(taken.name);
  if (maker.id === me) return agreeingText.ofMine(owner.name);
  if (gaveBack(quote, me)) return agreeingText.ofOtherBack(owner.name);
  return quote.can_issue ? agreeingText.ofOther(owner.name) : agreeingText.ofOtherOpen(owner.name);
}

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
  const { taken_by: taken, made_by: maker, owner } = quote;
  const mine = taken != null && taken.id === me?.id && owner.id !== me.id;
  const offered = quote.actions.includes("take_over");
  if (!offered && !mine) return null;
  return (
    <div className={styles.hands} role="status">
      <span>{handsRead(quote, me?.id)}</span>
      {offered && (taken || maker.id !== me?.id) && (
        <Button small busy={take.isPending} onClick={() => take.mutate()}>
          {agreeingText.takeOver}
        </Button>
      )}
    </div>
  );
}
