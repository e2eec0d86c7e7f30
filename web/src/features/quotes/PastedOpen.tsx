import { useState } from "react";
import { Button } from "../../parts/Button";
import { IconButton } from "../../parts/IconButton";
import { Sheet } from "../../parts/Sheet";
import { toast } from "../../parts/toast";
import { quickText } from "../../text/quick";
import { quotesText } from "../../text/quotes";
import { PastedRow } from "./PastedRow";
import styles from "./PasteLeft.module.css";
import { linesOf, type PastedChoice, sorted, whyOpen } from "./pastedLines";
import type { ChangeOpen } from "./usePastedOpen";
import type { ChangeDraft } from "./useQuoteDraft";

interface PastedOpenProps {
  open: PastedChoice[];
  customer: number;
  change: ChangeDraft;
  onOpen: ChangeOpen;
}

/** Pasted lines that are not in the draft yet, each with its reason; a press goes on with them. */
export function PastedOpen({ open, customer, change, onOpen }: PastedOpenProps) {
  const [looking, setLooking] = useState(false);
  if (open.length === 0) return null;
  const forget = () => {
    onOpen(() => []);
    toast(quickText.openForgotten(open.length), {
      action: { word: quotesText.undo, act: () => onOpen(() => open) },
    });
  };
  return (
    <>
      <div className={styles.box} role="status" data-pasted-open>
        <p>{quickText.openBar(open.length)}</p>
        <IconButton icon="close" label={quickText.openForget} onClick={forget} />
        <ul>
          {open.map((choice) => (
            <li key={choice.id}>
              <button type="button" onClick={() => setLooking(true)}>
                {choice.text} <small>{whyOpen(choice)}</small>
              </button>
            </li>
          ))}
        </ul>
      </div>
      {looking && (
        <PastedOpenSheet
          open={open}
          customer={customer}
          change={change}
          onOpen={onOpen}
          onClose={() => setLooking(false)}
        />
      )}
    </>
  );
}

/** The open lines with their candidates; what was decided goes in, the rest stays open. */
function PastedOpenSheet({
  open,
  customer,
  change,
  onOpen,
  onClose,
}: PastedOpenProps & { onClose: () => void }) {
  const [choices, setChoices] = useState(open);
  const lines = linesOf(choices);
  const skipped = choices.some((choice) => choice.skipped);
  // Lines that were pasted meanwhile stay as they are.
  const decided = (now: PastedChoice[], left: PastedChoice[]) => [
    ...left,
    ...now.filter(({ id }) => !choices.some((one) => one.id === id)),
  ];
  const close = () => {
    // What was chosen so far is not lost with the sheet.
    onOpen((now) =>
      decided(
        now,
        choices.filter((choice) => !choice.skipped),
      ),
    );
    onClose();
  };
  const add = () => {
    if (lines.length > 0) {
      change({ kind: "addMany", lines });
      toast(quickText.pasteAdded(lines.length));
    }
    onOpen((now) => decided(now, sorted(choices).open));
    onClose();
  };
  return (
    <Sheet
      open
      onClose={close}
      title={quickText.openTitle}
      size={720}
      tall
      footer={
        <Button look="primary" disabled={lines.length === 0 && !skipped} onClick={add}>
          {lines.length === 0 && skipped ? quickText.openSettle : quickText.pasteAdd(lines.length)}
        </Button>
      }
    >
      <ul>
        {choices.map((choice) => (
          <PastedRow
            key={choice.id}
            choice={choice}
            customer={customer}
            onChange={(changed) =>
              setChoices((all) => all.map((one) => (one.id === changed.id ? changed : one)))
            }
          />
        ))}
      </ul>
    </Sheet>
  );
}
