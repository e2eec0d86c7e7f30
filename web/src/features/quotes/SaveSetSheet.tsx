import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem, fieldFaults } from "../../api/problem";
import { Choice } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { useTyped } from "../../parts/useTyped";
import { setsText } from "../../text/sets";
import { SetFields, type SetWords } from "./SetFields";
import styles from "./Sets.module.css";
import { setsKey, setsQuery } from "./setsApi";

interface SaveSetSheetProps {
  quoteId: number;
  /** Waits until everything typed is saved. */
  flush?: () => Promise<unknown>;
  onClose: () => void;
}

/** Keeps the lines of a quotation as a list, new or in the place of what a list held. */
export default function SaveSetSheet({ quoteId, flush, onClose }: SaveSetSheetProps) {
  const cache = useQueryClient();
  const sets = useQuery(setsQuery).data?.items.filter((set) => set.may_change) ?? [];
  const [over, setOver] = useState("");
  const [words, setWords] = useState<SetWords>({ name: "", area: "", shared: false });
  const typed = useTyped([over, words]);
  const [asked, setAsked] = useState(false);
  const chosen = sets.find((set) => String(set.id) === over);
  const save = useMutation({
    mutationFn: async () => {
      await flush?.();
      if (!chosen) return read(client.POST("/api/quote-sets", { body: { ...words, quote_id: quoteId } }));
      const path = { params: { path: { id: chosen.id } }, ...ifMatch(chosen.version) };
      return read(client.PATCH("/api/quote-sets/{id}", { ...path, body: { quote_id: quoteId } }));
    },
    onSuccess: (kept) => {
      toast(chosen ? setsText.replaced(kept.name) : setsText.saved(kept.name));
      cache.invalidateQueries({ queryKey: setsKey });
      onClose();
    },
    onError: (error) => {
      if (asProblem(error).status === 412) cache.invalidateQueries({ queryKey: setsKey });
    },
  });
  const problem = save.error ? asProblem(save.error) : null;
  const missing = !chosen && words.name.trim() === "";
  const send = () => {
    setAsked(true);
    if (!missing) save.mutate();
  };
  const told = fieldFaults(problem);
  const faults = { ...told, ...(asked && missing ? { name: setsText.nameMissing } : {}) };
  return (
    <Sheet
      open
      onClose={onClose}
      title={setsText.save}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} busy={save.isPending} onClick={send}>
          {setsText.keep}
        </SheetActs>
      }
    >
      <div className={styles.form}>
        <p className={styles.explains}>{setsText.saveExplains}</p>
        {sets.length > 0 && (
          <Choice label={setsText.saveAs} value={over} onChange={(event) => setOver(event.target.value)}>
            <option value="">{setsText.saveNew}</option>
            {sets.map((set) => (
              <option key={set.id} value={set.id}>
                {setsText.saveOver(set.name)}
              </option>
            ))}
          </Choice>
        )}
        {!chosen && <SetFields words={words} faults={faults} onWords={setWords} />}
        {told.quote_id && <p className={styles.risk}>{told.quote_id}</p>}
        {problem?.status === 412 && <p role="alert">{setsText.changedByOther}</p>}
        {problem && problem.status !== 412 && Object.keys(told).length === 0 && (
          <ProblemNote problem={problem} />
        )}
      </div>
    </Sheet>
  );
}
