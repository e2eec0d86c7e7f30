import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { copyText } from "../../parts/copyText";
import { formatMoment } from "../../parts/format";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { baseText } from "../../text/base";
import { shareText } from "../../text/share";
import styles from "./ShareLinks.module.css";

/** A one-time code to tell the customer; it is shown this once. */
export function CodeSheet({ quote, share, onClose }: { quote: Quote; share: number; onClose: () => void }) {
  const cache = useQueryClient();
  const asked = useRef(false);
  const hand = useMutation({
    mutationFn: () =>
      read(
        client.POST("/api/quotes/{id}/shares/{share}/code", {
          params: { path: { id: quote.id, share } },
          body: {},
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["quotes", "shares", quote.id] }),
  });
  const { mutate } = hand;
  useEffect(() => {
    // Drawn twice in development: one code is enough, the second would kill the first.
    if (asked.current) return;
    asked.current = true;
    mutate();
  }, [mutate]);
  return (
    <Sheet
      open
      onClose={onClose}
      title={shareText.codeTitle}
      footer={
        <>
          <Button onClick={onClose}>{baseText.close}</Button>
          <Button
            look="primary"
            icon="copy"
            disabled={!hand.data}
            onClick={() => hand.data && copyText(hand.data.code)}
          >
            {shareText.copyCode}
          </Button>
        </>
      }
    >
      <p className={styles.explains}>{shareText.codeExplains}</p>
      {hand.data && (
        <>
          <p className={styles.code} data-code>
            {hand.data.code}
          </p>
          <p className={styles.quiet}>{shareText.codeUntil(formatMoment(hand.data.until))}</p>
        </>
      )}
      {hand.error && <ProblemNote problem={asProblem(hand.error)} />}
    </Sheet>
  );
}
