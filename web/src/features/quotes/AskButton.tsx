import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { client, read } from "../../api/client";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { askingText } from "../../text/asking";

const AskSheet = lazy(() => import("./AskSheet"));

interface AskButtonProps {
  quote: Quote;
  /** Waits until everything typed is saved. */
  flush: () => Promise<Quote>;
  onAsked: (quote: Quote) => void;
}

/** The way on for whoever may not issue the draft as it is: to ask somebody who may. */
export function AskButton({ quote, flush, onAsked }: AskButtonProps) {
  const [open, setOpen] = useState(false);
  // A save does not look for those who may decide; a refusal to issue sends one to them.
  const unknown = quote.askable.length === 0 && quote.ask === null;
  const found = useQuery({
    queryKey: ["quotes", "askable", quote.id, quote.version],
    queryFn: ({ signal }) =>
      read(client.GET("/api/quotes/{id}", { params: { path: { id: quote.id } }, signal })),
    enabled: unknown,
  }).data;
  const shown = unknown && found ? { ...quote, askable: found.askable } : quote;
  const [nearest] = shown.askable;
  if (!nearest) return null;
  return (
    <>
      <Button icon="person" block onClick={() => setOpen(true)}>
        {askingText.ask(nearest.name)}
      </Button>
      {open && (
        <Suspense>
          <AskSheet quote={shown} flush={flush} onAsked={onAsked} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
