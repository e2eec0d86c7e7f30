import { useRight } from "../../api/session";
import { TextField } from "../../parts/Field";
import { setsText } from "../../text/sets";
import styles from "./Sets.module.css";

/** What a person says of a list besides its lines. */
export interface SetWords {
  name: string;
  area: string;
  shared: boolean;
}

interface SetFieldsProps {
  words: SetWords;
  faults: Record<string, string>;
  onWords: (words: SetWords) => void;
  /** Somebody else's list is shared already. */
  mayShare?: boolean;
}

/** Name, area and sharing of a list. */
export function SetFields({ words, faults, onWords, mayShare }: SetFieldsProps) {
  const right = useRight("quote_set.share");
  return (
    <>
      <TextField
        label={setsText.name}
        hint={setsText.nameHint}
        error={faults.name}
        value={words.name}
        maxLength={40}
        onChange={(event) => onWords({ ...words, name: event.target.value })}
        data-autofocus
      />
      <TextField
        label={setsText.area}
        hint={setsText.areaHint}
        error={faults.area}
        optional
        inputMode="decimal"
        maxLength={12}
        value={words.area}
        onChange={(event) => onWords({ ...words, area: event.target.value })}
      />
      {(mayShare ?? right) && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={words.shared}
            onChange={(event) => onWords({ ...words, shared: event.target.checked })}
          />
          <span>
            {setsText.share}
            <small>{setsText.shareHint}</small>
          </span>
        </label>
      )}
      {faults.shared && <p className={styles.risk}>{faults.shared}</p>}
    </>
  );
}
