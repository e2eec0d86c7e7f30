import { useState } from "react";
import { configKind } from "../../kinds/config/list";
import { Button } from "../../parts/Button";
import { Sheet } from "../../parts/Sheet";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import styles from "./Rebase.module.css";
import type { RowConflict } from "./RebaseBanner";

interface RebaseSheetProps {
  kind: string;
  conflicts: RowConflict[];
  busy: boolean;
  onChoose: (choices: Record<string, "mine" | "theirs">) => void;
  onClose: () => void;
}

/** Rows that both sides changed: one choice each. */
export function RebaseSheet({ kind, conflicts, busy, onChoose, onClose }: RebaseSheetProps) {
  const [choices, setChoices] = useState<Record<string, "mine" | "theirs">>({});
  const read = (conflict: RowConflict, side: "mine" | "theirs") => {
    const content = conflict[side];
    return content === null
      ? configText.removed
      : (configKind(kind)?.read(conflict.key, content, conflict.shown).value ?? "");
  };
  const name = (conflict: RowConflict) =>
    configKind(kind)?.read(
      conflict.key,
      conflict.mine ?? conflict.theirs ?? conflict.base ?? {},
      conflict.shown,
    ).title ?? conflict.key;
  return (
    <Sheet
      open
      onClose={onClose}
      title={configText.rebaseTitle}
      size={640}
      footer={
        <>
          <Button onClick={onClose}>{baseText.cancel}</Button>
          <Button
            look="primary"
            busy={busy}
            disabled={conflicts.some((one) => choices[one.key] === undefined)}
            onClick={() => onChoose(choices)}
          >
            {configText.rebase}
          </Button>
        </>
      }
    >
      <p className={styles.explain}>{configText.rebaseBody}</p>
      <ul>
        {conflicts.map((conflict) => (
          <li key={conflict.key} className={styles.conflict}>
            <b>{name(conflict)}</b>
            {(["mine", "theirs"] as const).map((side) => (
              <label key={side}>
                <input
                  type="radio"
                  name={conflict.key}
                  checked={choices[conflict.key] === side}
                  onChange={() => setChoices({ ...choices, [conflict.key]: side })}
                />
                {side === "mine" ? configText.rebaseMine : configText.rebaseTheirs} {read(conflict, side)}
              </label>
            ))}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
