import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FilledSetLine, PricedLine, QuoteSetRow } from "../../api/types";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { asDecimal, formatMoney } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { Sheet } from "../../parts/Sheet";
import { toast } from "../../parts/toast";
import { useDebounced } from "../../parts/useDebounced";
import { useTyped } from "../../parts/useTyped";
import { setsText } from "../../text/sets";
import { SetFillLine } from "./SetFillLine";
import styles from "./Sets.module.css";
import { isToldOf, NO_CHOICES, type SetChoices, takenLines } from "./setLines";
import { type Factor, fillQuery } from "./setsApi";
import type { ChangeDraft } from "./useQuoteDraft";
import { useSetPrices } from "./useSetPrices";

const PLACES = 3;
const NONE: FilledSetLine[] = [];
const SETTLED_MS = 250;

interface SetFillProps {
  set: QuoteSetRow;
  customer: number;
  change: ChangeDraft;
  onBack: () => void;
  onClose: () => void;
}

/** A list times so many, looked at before it goes into the draft in one step that can be undone. */
export function SetFill({ set, customer, change, onBack, onClose }: SetFillProps) {
  const [factor, setFactor] = useState<Factor>({ by: "times", figure: "1", roundUp: true });
  const typed = useTyped(factor);
  const [choices, setChoices] = useState<SetChoices>(NO_CHOICES);
  const figure = asDecimal(factor.figure, PLACES);
  const sound = figure !== null && Number(figure) > 0;
  const settled = useDebounced({ ...factor, figure: figure ?? "" }, SETTLED_MS);
  const query = useQuery({
    ...fillQuery(set.id, customer, settled),
    enabled: sound && Number(settled.figure) > 0,
  });
  const current = sound && settled.figure === figure && settled.by === factor.by && !query.isPlaceholderData;
  const filled: FilledSetLine[] = query.data?.lines ?? [];
  const prices = useSetPrices(current ? filled : NONE, choices, customer);
  const lines = current ? takenLines(filled, choices) : [];
  const add = () => {
    change({ kind: "addMany", lines });
    toast(setsText.added(lines.length, filled.length - lines.length));
    onClose();
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={set.name}
      typed={typed}
      size={640}
      tall
      footer={
        <>
          <Button onClick={onBack}>{setsText.back}</Button>
          <Button look="primary" disabled={lines.length === 0} onClick={add}>
            {setsText.add(lines.length)}
          </Button>
        </>
      }
    >
      <HowMany set={set} factor={factor} onFactor={setFactor} wrong={!sound} />
      <Loaded query={query}>
        {({ lines: told }) => (
          <Told lines={told} priced={prices.priced} choices={choices} onChoices={setChoices} />
        )}
      </Loaded>
      {lines.length > 0 && (
        <p className={styles.sum} role="status">
          <span>{setsText.sum(lines.length)}</span>
          <span className="number">{prices.net === null ? setsText.pricing : formatMoney(prices.net)}</span>
        </p>
      )}
    </Sheet>
  );
}

interface HowManyProps {
  set: QuoteSetRow;
  factor: Factor;
  wrong: boolean;
  onFactor: (factor: Factor) => void;
}

function HowMany({ set, factor, wrong, onFactor }: HowManyProps) {
  const byArea = factor.by === "area";
  return (
    <div className={styles.how}>
      {set.area !== null && (
        <fieldset className={styles.ways} aria-label={setsText.how}>
          <button
            type="button"
            aria-pressed={!byArea}
            onClick={() => onFactor({ ...factor, by: "times", figure: "1" })}
          >
            {setsText.by_times}
          </button>
          <button
            type="button"
            aria-pressed={byArea}
            onClick={() => onFactor({ ...factor, by: "area", figure: set.area ?? "" })}
          >
            {setsText.by_area}
          </button>
        </fieldset>
      )}
      <TextField
        label={byArea ? setsText.areaNow : setsText.times}
        hint={byArea && set.area !== null ? setsText.areaNowHint(set.area) : setsText.timesHint}
        inputMode="decimal"
        autoComplete="off"
        maxLength={12}
        aria-invalid={wrong}
        value={factor.figure}
        onChange={(event) => onFactor({ ...factor, figure: event.target.value })}
        onFocus={(event) => event.target.select()}
        data-autofocus
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={factor.roundUp}
          onChange={(event) => onFactor({ ...factor, roundUp: event.target.checked })}
        />
        <span>
          {setsText.roundUp}
          <small>{setsText.roundUpHint}</small>
        </span>
      </label>
    </div>
  );
}

interface ToldProps {
  lines: FilledSetLine[];
  /** By the place in the list. */
  priced: Map<number, PricedLine>;
  choices: SetChoices;
  onChoices: (choices: SetChoices) => void;
}

/** What has to be looked at first, then the lines that are as they were. */
function Told({ lines, priced, choices, onChoices }: ToldProps) {
  const placed = lines.map((line, place) => ({ line, place }));
  const told = placed.filter(({ line }) => isToldOf(line));
  const plain = placed.filter(({ line }) => !isToldOf(line));
  const rows = (some: typeof placed) => (
    <ul className={styles.list}>
      {some.map(({ line, place }) => (
        <SetFillLine
          key={place}
          line={line}
          place={place}
          priced={priced.get(place)}
          choices={choices}
          onChoices={onChoices}
        />
      ))}
    </ul>
  );
  return (
    <>
      {told.length > 0 && (
        <>
          <h3 className={styles.head}>{setsText.changed}</h3>
          {rows(told)}
        </>
      )}
      {plain.length > 0 && (
        <h3 className={styles.head}>{told.length > 0 ? setsText.rest(plain.length) : setsText.linesTitle}</h3>
      )}
      {rows(plain)}
    </>
  );
}
