import { useState } from "react";
import { configKind } from "../../kinds/config/list";
import { Button } from "../../parts/Button";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { configText } from "../../text/config";
import styles from "./Rebase.module.css";
import type { RowConflict } from "./RebaseBanner";

type Side = "mine" | "theirs";

interface RebaseSheetProps {
  kind: string;
  conflicts: RowConflict[];
  busy: boolean;
  onChoose: (choices: Record<string, Side>) => void;
  onClose: () => void;
}

const SIDES = [
  { side: "mine", word: configText.rebaseMine },
  { side: "theirs", word: configText.rebaseTheirs },
] as const;

/** Rows that both sides changed, with what stood there before: one choice each, or one for all. */
export function RebaseSheet({ kind, conflicts, busy, onChoose, onClose }: RebaseSheetProps) {
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const known = configKind(kind);
  const value = ({ key, shown, ...of }: RowConflict, side: Side | "base") => {
    const content = of[side];
    if (content !== null) return known?.read(key, content, shown).value ?? "";
    return side === "base" ? configText.rebaseNew : configText.removed;
  };
  const about = ({ key, shown, mine, theirs, base }: RowConflict) =>
    known?.read(key, mine ?? theirs ?? base ?? {}, shown) ?? { title: key, sub: "" };
  const all = (side: Side) => setChoices(Object.fromEntries(conflicts.map((one) => [one.key, side])));
  const left = conflicts.filter((one) => choices[one.key] === undefined).length;
  return (
    <Sheet
      open
      onClose={onClose}
      title={configText.rebaseTitle}
      size={720}
      footer={
        <SheetActs onClose={onClose} busy={busy} disabled={left > 0} onClick={() => onChoose(choices)}>
          {left > 0 ? configText.rebaseLeft(left) : configText.rebase}
        </SheetActs>
      }
    >
      <p className={styles.explain}>{configText.rebaseBody(conflicts.length)}</p>
      <div className={styles.all}>
        <Button small onClick={() => all("mine")}>
          {configText.rebaseAllMine}
        </Button>
        <Button small onClick={() => all("theirs")}>
          {configText.rebaseAllTheirs}
        </Button>
      </div>
      <ul>
        {conflicts.map((conflict) => {
          const { title, sub } = about(conflict);
          const named = [title, sub].filter(Boolean).join(" ");
          return (
            <li key={conflict.key} className={styles.conflict}>
              <p className={styles.row}>
                <b>{title}</b>
                {sub && <small>{sub}</small>}
              </p>
              <p className={styles.base}>
                {configText.rebaseBase} <span className="number">{value(conflict, "base")}</span>
              </p>
              {SIDES.map(({ side, word }) => (
                <label key={side}>
                  <input
                    type="radio"
                    name={conflict.key}
                    aria-label={configText.rebaseChoice(word, named)}
                    checked={choices[conflict.key] === side}
                    onChange={() => setChoices({ ...choices, [conflict.key]: side })}
                  />
                  {word} <b className="number">{value(conflict, side)}</b>
                </label>
              ))}
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}
