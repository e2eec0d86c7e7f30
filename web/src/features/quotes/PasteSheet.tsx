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
import { quickText } from "../../text/quick";
import { PastedRow } from "./PastedRow";
import styles from "./PasteSheet.module.css";
import { choiceOf, linesOf, type PastedChoice } from "./pastedLines";
import type { ChangeDraft } from "./useQuoteDraft";

/** A text from a chat or a sheet becomes lines: read, looked through, added in one step that can be undone. */
export function PasteSheet({ change, onClose }: { change: ChangeDraft; onClose: () => void }) {
  const [text, setText] = useState("");
  const [choices, setChoices] = useState<PastedChoice[] | null>(null);
  const look = useMutation({
    mutationFn: () => read(client.POST("/api/quotes/paste", { body: { text } })),
    onSuccess: (found) => setChoices(found.items.map(choiceOf)),
  });
  const lines = linesOf(choices ?? []);
  const count = (confidence: string) =>
    choices?.filter(({ thing }) => thing.confidence === confidence).length ?? 0;
  const add = () => {
    change({ kind: "addMany", lines });
    toast(quickText.pasteAdded(lines.length));
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
            <Button look="primary" disabled={lines.length === 0} onClick={add}>
              {quickText.pasteAdd(lines.length)}
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
            {count("sure") > 0 && <Badge tone="money">{quickText.pasteSure(count("sure"))}</Badge>}
            {count("likely") > 0 && <Badge tone="wait">{quickText.pasteAsk(count("likely"))}</Badge>}
            {count("none") > 0 && <Badge tone="risk">{quickText.pasteNone(count("none"))}</Badge>}
          </p>
          <ul>
            {choices.map((choice, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same text may be pasted twice.
              <PastedRow key={index} choice={choice} onChange={(changed) => set(index, changed)} />
            ))}
          </ul>
        </>
      )}
    </Sheet>
  );
}
