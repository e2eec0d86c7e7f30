import type { FilledSetLine, PricedLine } from "../../api/types";
import { inputClass } from "../../parts/Field";
import { formatMoney, trimZeros } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { quotesText } from "../../text/quotes";
import { setsText } from "../../text/sets";
import styles from "./Sets.module.css";
import { isTaken, isToldOf, type SetChoices } from "./setLines";

interface SetFillLineProps {
  line: FilledSetLine;
  place: number;
  /** What it costs now; nothing while it is asked for, or when it does not go in. */
  priced: PricedLine | undefined;
  choices: SetChoices;
  onChoices: (choices: SetChoices) => void;
}

/** One line of a list on its way into the draft: how much of what, what has to be known, taken or not. */
export function SetFillLine({ line, place, priced, choices, onChoices }: SetFillLineProps) {
  const { product, own } = line;
  const name = own?.name ?? product.name;
  const facts = [product.code, product.spec, line.group, line.note].filter(Boolean).join(" · ");
  return (
    <li className={styles.line}>
      <label className={styles.check}>
        <input
          type="checkbox"
          aria-label={setsText.take(name)}
          checked={isTaken(line, place, choices)}
          disabled={!line.usable || own !== null}
          onChange={(event) =>
            onChoices({ ...choices, taken: { ...choices.taken, [place]: event.target.checked } })
          }
        />
        <span>
          <b>{name}</b>
          {facts && <small>{facts}</small>}
        </span>
        <span className={styles.qty}>
          {trimZeros(line.qty)} {line.unit}
          {priced?.unit_price != null && (
            <small>{quotesText.perUnit(formatMoney(priced.unit_price), priced.unit)}</small>
          )}
          {priced?.net != null && <b>{formatMoney(priced.net)}</b>}
        </span>
      </label>
      {isToldOf(line) && (
        <ul className={styles.said}>
          {line.said.map((note) => (
            <li key={note.code} className={line.usable ? undefined : styles.risk}>
              <Icon name="warning" size={16} />
              {note.detail}
            </li>
          ))}
        </ul>
      )}
      {own !== null && (
        <input
          className={inputClass}
          inputMode="decimal"
          autoComplete="off"
          maxLength={15}
          aria-label={setsText.price(name)}
          placeholder={setsText.price(name)}
          value={choices.prices[place] ?? ""}
          onChange={(event) =>
            onChoices({ ...choices, prices: { ...choices.prices, [place]: event.target.value } })
          }
        />
      )}
    </li>
  );
}
