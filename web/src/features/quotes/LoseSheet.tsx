import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { Choice, TextArea, TextField } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { useTyped } from "../../parts/useTyped";
import { baseText } from "../../text/base";
import { shareText } from "../../text/share";
import { useQuoteChanged } from "./useQuoteActions";

/** Why a quotation was lost, to whom and at what price; it ends the quotation. */
export function LoseSheet({ quote, onClose }: { quote: Quote; onClose: () => void }) {
  const changed = useQuoteChanged();
  const [why, setWhy] = useState("");
  const [words, setWords] = useState("");
  const [competitor, setCompetitor] = useState("");
  const [price, setPrice] = useState("");
  const typed = useTyped([why, words, competitor, price]);
  const [asked, setAsked] = useState(false);
  const lose = useMutation({
    mutationFn: () =>
      read(
        client.POST("/api/quotes/{id}/lose", {
          params: { path: { id: quote.id } },
          body: { why, words: words.trim(), competitor: competitor.trim(), competitor_price: price.trim() },
        }),
      ),
    onSuccess: (after) => {
      changed(after);
      onClose();
    },
  });
  const wordless = why === "other" && words.trim() === "";
  const send = () => {
    setAsked(true);
    if (why !== "" && !wordless) lose.mutate();
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={shareText.loseTitle}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} out={baseText.back} look="danger" busy={lose.isPending} onClick={send}>
          {shareText.loseSave}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 16 }}>
        <p style={{ color: "var(--ink-2)" }}>{shareText.loseExplains}</p>
        <Choice
          label={shareText.loseWhy}
          error={asked && why === "" ? shareText.loseWhyMissing : undefined}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        >
          <option value="" />
          {shareText.whys.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </Choice>
        <TextArea
          label={shareText.loseWords}
          optional={why !== "other"}
          error={asked && wordless ? shareText.loseWordsMissing : undefined}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
        <TextField
          label={shareText.competitor}
          optional
          value={competitor}
          maxLength={60}
          onChange={(event) => setCompetitor(event.target.value)}
        />
        <TextField
          label={shareText.competitorPrice}
          optional
          inputMode="decimal"
          value={price}
          onChange={(event) => setPrice(event.target.value)}
        />
        {lose.error && <ProblemNote problem={asProblem(lose.error)} />}
      </div>
    </Sheet>
  );
}
