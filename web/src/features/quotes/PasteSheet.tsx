import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { TextArea } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { useTyped } from "../../parts/useTyped";
import { baseText } from "../../text/base";
import { quickText } from "../../text/quick";
import { PastedRow } from "./PastedRow";
import styles from "./PasteSheet.module.css";
import { choiceOf, type PastedChoice, sorted } from "./pastedLines";
import type { ChangeOpen } from "./usePastedOpen";
import type { ChangeDraft } from "./useQuoteDraft";

interface PasteSheetProps {
  customer: number;
  change: ChangeDraft;
  /** Takes what a person still has to decide. */
  onOpen: ChangeOpen;
  onClose: () => void;
}

/** A text from a chat or a sheet becomes lines: read, looked through, added in one step that can be undone. */
export function PasteSheet({ customer, change, onOpen, onClose }: PasteSheetProps) {
  const [text, setText] = useState("");
  const typed = useTyped(text);
  const [choices, setChoices] = useState<PastedChoice[] | null>(null);
  const look = useMutation({
    mutationFn: () => read(client.POST("/api/quotes/paste", { body: { text } })),
    onSuccess: (found) => setChoices(found.items.map(choiceOf)),
  });
  const { lines, open } = sorted(choices ?? []);
  const none = open.filter(({ products }) => products.length === 0).length;
  const ask = open.length - none;
  const add = () => {
    if (lines.length > 0) change({ kind: "addMany", lines });
    onOpen((now) => [...now, ...open]);
    const said = [
      lines.length > 0 && quickText.pasteAdded(lines.length),
      open.length > 0 && quickText.pastedOpen(open.length),
    ];
    toast(said.filter(Boolean).join(baseText.between));
    onClose();
  };
  const set = (index: number, choice: PastedChoice) =>
    setChoices((all) => all?.map((one, place) => (place === index ? choice : one)) ?? null);
  const reading = choices === null || choices.length === 0;
  return (
    <Sheet
      open
      onClose={onClose}
      title={quickText.pasteTitle}
      typed={typed}
      size={720}
      tall
      footer={
        reading ? (
          <SheetActs
            onClose={onClose}
            busy={look.isPending}
            disabled={text.trim() === ""}
            onClick={() => look.mutate()}
          >
            {quickText.pasteRead}
          </SheetActs>
        ) : (
          <>
            <Button onClick={() => setChoices(null)}>{quickText.pasteAgain}</Button>
            <Button look="primary" disabled={lines.length + open.length === 0} onClick={add}>
              {lines.length === 0 && open.length > 0
                ? quickText.pasteAllOpen(open.length)
                : quickText.pasteAdd(lines.length)}
            </Button>
          </>
        )
      }
    >
      {reading ? (
        <>
          <TextArea
            label={quickText.pasteLabel}
            hint={quickText.pasteHint}
            error={choices?.length === 0 ? quickText.pasteEmpty : undefined}
            rows={8}
            value={text}
            maxLength={20_000}
            onChange={(event) => {
              setText(event.target.value);
              setChoices(null);
            }}
            data-autofocus
          />
          {look.error && <ProblemNote problem={asProblem(look.error)} />}
        </>
      ) : (
        <>
          <p className={styles.counts} role="status">
            {lines.length > 0 && <Badge tone="money">{quickText.pasteSure(lines.length)}</Badge>}
            {ask > 0 && <Badge tone="wait">{quickText.pasteAsk(ask)}</Badge>}
            {none > 0 && <Badge tone="risk">{quickText.pasteNone(none)}</Badge>}
          </p>
          <ul>
            {choices.map((choice, index) => (
              <PastedRow
                key={choice.id}
                choice={choice}
                customer={customer}
                onChange={(changed) => set(index, changed)}
              />
            ))}
          </ul>
        </>
      )}
    </Sheet>
  );
}
