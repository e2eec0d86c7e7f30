import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem, fieldFaults } from "../../api/problem";
import type { ApiKeys, MadeApiKey } from "../../api/types";
import { Button } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { useTyped } from "../../parts/useTyped";
import { operationText } from "../../text/operation";
import styles from "./KeysPage.module.css";

const DAYS = [30, 90, 180, 365];
const NAME_LETTERS_MAX = 40;

interface NewKeySheetProps {
  rights: ApiKeys["rights"];
  onMade: (made: MadeApiKey) => void;
  onClose: () => void;
}

/** A key to be made: what for, for how long, and what it may do. */
export function NewKeySheet({ rights, onMade, onClose }: NewKeySheetProps) {
  const [name, setName] = useState("");
  const [days, setDays] = useState(90);
  const [chosen, setChosen] = useState<string[]>([]);
  const typed = useTyped([name, days, chosen]);
  const [asked, setAsked] = useState(false);
  const make = useMutation({
    mutationFn: () => read(client.POST("/api/keys", { body: { name: name.trim(), rights: chosen, days } })),
    onSuccess: onMade,
  });
  const problem = make.error ? asProblem(make.error) : null;
  const faults = fieldFaults(problem);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() !== "" && chosen.length > 0 && !make.isPending) make.mutate();
  };
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const reading = rights.filter((right) => right.id.endsWith(".read")).map((right) => right.id);
  return (
    <Sheet
      open
      onClose={onClose}
      title={operationText.keyNew}
      typed={typed}
      tall
      footer={
        <SheetActs onClose={onClose} type="submit" form="key" busy={make.isPending}>
          {operationText.keyMake}
        </SheetActs>
      }
    >
      <form id="key" className={styles.form} onSubmit={send} noValidate>
        <TextField
          label={operationText.keyName}
          hint={operationText.keyNameHint}
          error={asked && name.trim() === "" ? operationText.keyNameMissing : faults.name}
          value={name}
          maxLength={NAME_LETTERS_MAX}
          onChange={(event) => setName(event.target.value)}
          data-autofocus
        />
        <Choice
          label={operationText.keyDays}
          value={String(days)}
          onChange={(event) => setDays(Number(event.target.value))}
        >
          {DAYS.map((count) => (
            <option key={count} value={count}>
              {operationText.keyDaysOf[count]}
            </option>
          ))}
        </Choice>
        <fieldset className={styles.rights}>
          <legend>{operationText.keyRights}</legend>
          <Button onClick={() => setChosen(reading)}>{operationText.keyReadOnly}</Button>
          {rights.map((right) => (
            <label key={right.id}>
              <input type="checkbox" checked={chosen.includes(right.id)} onChange={() => toggle(right.id)} />
              {right.name}
            </label>
          ))}
          {asked && chosen.length === 0 && <p role="alert">{operationText.keyRightsMissing}</p>}
        </fieldset>
        {problem && <ProblemNote problem={problem} />}
      </form>
    </Sheet>
  );
}
