import { useMutation, useQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import { Button } from "../../parts/Button";
import { clockTime } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { toast } from "../../parts/toast";
import { operationText } from "../../text/operation";
import styles from "./ViewingBar.module.css";

/** Says through whose eyes one looks, until when, and ends it. What was read as the other is forgotten with the page. */
export function ViewingBar() {
  const me = useQuery(meQuery).data;
  const end = useMutation({
    mutationFn: () => read(client.DELETE("/api/session/viewing")),
    onSuccess: () => window.location.assign(me && !me.viewing?.locked ? `/people/${me.id}/rights` : "/"),
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  if (!me?.viewing) return null;
  const { by, until, locked } = me.viewing;
  return (
    <div className={styles.bar} role="status">
      <Icon name="eye" size={18} />
      <p>
        {locked ? operationText.viewingLocked : operationText.viewing(me.name, by.name, clockTime(until))}
      </p>
      <Button icon="leave" busy={end.isPending} onClick={() => end.mutate()}>
        {operationText.viewingEnd}
      </Button>
    </div>
  );
}
