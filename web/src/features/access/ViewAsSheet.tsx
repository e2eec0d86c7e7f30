import { useMutation } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Ref } from "../../api/types";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { operationText } from "../../text/operation";

/** Says what looking through somebody's eyes means before it begins. The page is loaded anew as that person. */
export function ViewAsSheet({ person, onClose }: { person: Ref; onClose: () => void }) {
  const view = useMutation({
    mutationFn: () => read(client.PUT("/api/session/viewing", { body: { person_id: person.id } })),
    onSuccess: () => window.location.assign("/"),
  });
  return (
    <Sheet
      open
      onClose={onClose}
      title={operationText.viewAsTitle(person.name)}
      footer={
        <SheetActs onClose={onClose} busy={view.isPending} onClick={() => view.mutate()}>
          {operationText.viewAsGo}
        </SheetActs>
      }
    >
      <p>{operationText.viewAsExplains}</p>
      {view.error && <ProblemNote problem={asProblem(view.error)} />}
    </Sheet>
  );
}
