import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem, conflictOf, fieldFaults } from "../../api/problem";
import type { QuoteSetRow } from "../../api/types";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { useTyped } from "../../parts/useTyped";
import { setsText } from "../../text/sets";
import { SetFields, type SetWords } from "./SetFields";
import styles from "./Sets.module.css";
import { setsKey } from "./setsApi";

const wordsOf = (set: QuoteSetRow): SetWords => ({
  name: set.name,
  area: set.area ?? "",
  shared: set.shared !== null,
});

/** Name, area and sharing of a list that is there; when somebody was first, their words are shown to go on from. */
export function EditSetSheet({ set, onClose }: { set: QuoteSetRow; onClose: () => void }) {
  const cache = useQueryClient();
  const [words, setWords] = useState(wordsOf(set));
  const [version, setVersion] = useState(set.version);
  const typed = useTyped(words);
  const [asked, setAsked] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      read(
        client.PATCH("/api/quote-sets/{id}", {
          params: { path: { id: set.id } },
          body: words,
          ...ifMatch(version),
        }),
      ),
    onSuccess: async (saved) => {
      toast(setsText.saved(saved.name));
      await cache.invalidateQueries({ queryKey: setsKey });
      onClose();
    },
    onError: (error) => {
      const conflict = conflictOf<QuoteSetRow>(asProblem(error));
      if (!conflict) return;
      setWords(wordsOf(conflict.current));
      setVersion(conflict.current.version);
    },
  });
  const problem = save.error ? asProblem(save.error) : null;
  const missing = asked && words.name.trim() === "";
  const send = () => {
    setAsked(true);
    if (words.name.trim() !== "") save.mutate();
  };
  const faults = { ...fieldFaults(problem), ...(missing ? { name: setsText.nameMissing } : {}) };
  return (
    <Sheet
      open
      onClose={onClose}
      title={setsText.editTitle}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} busy={save.isPending} onClick={send}>
          {setsText.keep}
        </SheetActs>
      }
    >
      <div className={styles.form}>
        <SetFields
          words={words}
          faults={faults}
          onWords={setWords}
          mayShare={set.shared !== null || undefined}
        />
        {problem?.status === 412 && <p role="alert">{setsText.changedByOther}</p>}
        {problem && problem.status !== 412 && Object.keys(faults).length === 0 && (
          <ProblemNote problem={problem} />
        )}
      </div>
    </Sheet>
  );
}
