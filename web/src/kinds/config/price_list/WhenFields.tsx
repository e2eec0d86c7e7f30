import { lazy, Suspense } from "react";
import { TextField } from "../../../parts/Field";
import { configText } from "../../../text/config";
import { pricesText } from "../../../text/prices";
import { NOTE_LETTERS } from "./cells";

const DayInput = lazy(() => import("../../../parts/DayInput").then((file) => ({ default: file.DayInput })));
const words = configText.kinds.price_list;

interface When {
  from: string | null;
  to: string | null;
  note: string;
}

interface WhenFieldsProps {
  when: When;
  set: (change: Partial<When>) => void;
}

/** From which day to which a price or a rule holds, and a note on it. */
export function WhenFields({ when: { from, to, note }, set }: WhenFieldsProps) {
  return (
    <>
      <Suspense>
        <DayInput
          label={words.from}
          value={from}
          max={to ?? undefined}
          clearable
          hint={words.windowOpen}
          onChange={(day) => set({ from: day })}
        />
        <DayInput
          label={words.to}
          value={to}
          min={from ?? undefined}
          clearable
          onChange={(day) => set({ to: day })}
        />
      </Suspense>
      <TextField
        label={pricesText.columns.note}
        optional
        value={note}
        maxLength={NOTE_LETTERS}
        onChange={(event) => set({ note: event.target.value })}
      />
    </>
  );
}
