import { useMemo, useState } from "react";
import type { DraftRow } from "../../../api/types";
import { Choice, TextField } from "../../../parts/Field";
import { Sheet } from "../../../parts/Sheet";
import { SheetActs } from "../../../parts/SheetActs";
import { useTyped } from "../../../parts/useTyped";
import { pricesText } from "../../../text/prices";
import { Outcome, Pick, Picks } from "./BulkParts";
import styles from "./BulkSheet.module.css";
import { type Bulk, type BulkPreview, isComplete, NEW_BULK, previewOf, type Rounding } from "./bulk";
import { asEntry, isPlain } from "./entry";

const words = pricesText.bulkSheet;
const WAYS = ["percent", "amount", "set"] as const;
const ROUNDINGS: readonly Rounding[] = ["none", "fen", "jiao", "yuan", "ending"];

interface BulkSheetProps {
  selected: readonly DraftRow[];
  shown: readonly DraftRow[];
  /** Whether the shown rows are all there are. */
  unfiltered: boolean;
  onClose: () => void;
  onApply: (changes: BulkPreview["changes"]) => void;
}

type Base = "new" | "now";

/** The prices that can be changed at one go, each as the change begins with it. */
function startOf(rows: readonly DraftRow[], base: Base) {
  return rows.flatMap((row) => {
    if (row.content === null || !isPlain(row.content)) return [];
    const { price } = asEntry(row.content);
    const from = base === "now" && row.before && isPlain(row.before) ? asEntry(row.before).price : price;
    return [{ key: row.key, price: from, current: price }];
  });
}

/** One change of many prices; what it would do is said before it is done. */
export function BulkSheet({ selected, shown, unfiltered, onClose, onApply }: BulkSheetProps) {
  const [scope, setScope] = useState<"selected" | "shown">(selected.length > 1 ? "selected" : "shown");
  const [base, setBase] = useState<Base>("new");
  const [bulk, setBulk] = useState<Bulk>(NEW_BULK);
  const typed = useTyped(bulk);
  const rows = scope === "selected" ? selected : shown;
  const set = (patch: Partial<Bulk>) => setBulk((now) => ({ ...now, ...patch }));
  const complete = isComplete(bulk);
  const outcome = useMemo(() => {
    if (!complete) return null;
    const start = startOf(rows, base);
    const preview = previewOf(start, bulk);
    return { ...preview, locked: rows.length - start.length };
  }, [rows, base, bulk, complete]);
  const broken = bulk.value !== "" && !complete && bulk.rounding !== "ending" ? words.bad : undefined;
  const scopes = [
    { key: "selected" as const, word: words.selected(selected.length), usable: selected.length > 0 },
    {
      key: "shown" as const,
      word: unfiltered ? words.all(shown.length) : words.filtered(shown.length),
      usable: shown.length > 0,
    },
  ];
  const count = outcome?.changes.length ?? 0;
  const apply = () => {
    if (outcome && count > 0) onApply(outcome.changes);
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={words.title}
      typed={typed}
      size={560}
      footer={
        <SheetActs onClose={onClose} disabled={count === 0} onClick={apply}>
          {words.apply(count)}
        </SheetActs>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <Picks label={words.scope}>
          {scopes
            .filter(({ usable }) => usable)
            .map(({ key, word }) => (
              <Pick key={key} on={scope === key} onPick={() => setScope(key)} word={word} />
            ))}
        </Picks>
        <Picks label={words.way}>
          {WAYS.map((way) => (
            <Pick key={way} on={bulk.way === way} onPick={() => set({ way })} word={words.ways[way]} />
          ))}
        </Picks>
        {bulk.way !== "set" && (
          <Picks label={words.direction}>
            <Pick on={!bulk.down} onPick={() => set({ down: false })} word={words.up} />
            <Pick on={bulk.down} onPick={() => set({ down: true })} word={words.down} />
          </Picks>
        )}
        <TextField
          label={{ percent: words.percent, amount: words.amount, set: words.price }[bulk.way]}
          inputMode="decimal"
          autoComplete="off"
          maxLength={12}
          value={bulk.value}
          error={broken}
          onChange={(event) => set({ value: event.target.value })}
          data-autofocus
        />
        {bulk.way !== "set" && (
          <Choice label={words.base} value={base} onChange={(event) => setBase(event.target.value as Base)}>
            <option value="new">{words.baseNew}</option>
            <option value="now">{words.baseNow}</option>
          </Choice>
        )}
        <Choice
          label={words.rounding}
          value={bulk.rounding}
          onChange={(event) => set({ rounding: event.target.value as Rounding })}
        >
          {ROUNDINGS.map((one) => (
            <option key={one} value={one}>
              {words.roundings[one]}
            </option>
          ))}
        </Choice>
        {bulk.rounding === "ending" && (
          <TextField
            label={words.ending}
            hint={words.endingHint}
            error={bulk.ending !== "" && bulk.value !== "" && !complete ? words.badEnding : undefined}
            inputMode="decimal"
            maxLength={7}
            value={bulk.ending}
            onChange={(event) => set({ ending: event.target.value })}
          />
        )}
        <Outcome rows={rows} outcome={outcome} />
        <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
      </form>
    </Sheet>
  );
}
