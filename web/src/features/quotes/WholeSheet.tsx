import { type FormEvent, useState } from "react";
import type { Quote, QuoteOptions, QuoteWhole } from "../../api/types";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { asDecimal } from "../../parts/format";
import { Sheet } from "../../parts/Sheet";
import { useTyped } from "../../parts/useTyped";
import { agreeingText } from "../../text/agreeing";
import styles from "./Agreeing.module.css";
import type { DraftDoc } from "./draftModel";
import { ManualFields } from "./ManualFields";
import { type ManualWay, manualOf, tailOf, wayOf } from "./manual";
import type { ChangeDraft } from "./useQuoteDraft";
import { WholeForeseen } from "./WholeForeseen";

const WAYS = ["none", "percent_off", "amount_off"] as const;

interface WholeSheetProps {
  doc: DraftDoc;
  quote: Quote;
  limit: QuoteOptions["limit"];
  change: ChangeDraft;
  onClose: () => void;
}

/** What is taken off the whole document, and 抹零. */
export function WholeSheet({ doc, quote, limit, change, onClose }: WholeSheetProps) {
  const whole = doc.whole;
  const [way, setWay] = useState<ManualWay>(wayOf(whole));
  const [text, setText] = useState(whole?.percent_off ?? whole?.amount_off ?? "");
  const [rounding, setRounding] = useState(whole?.rounding ?? "");
  const [asked, setAsked] = useState(false);
  const typed = useTyped([way, text, rounding]);
  const roundingFault = rounding.trim() !== "" && asDecimal(rounding, 2) === null;
  // The tail of a sum is what stands in it; only while nothing is rounded, and the sum is what is paid.
  const plain = quote.includes_tax && !whole?.rounding && wayOf(whole) === way;
  const tails = [
    { word: agreeingText.toYuan, tail: tailOf(quote.totals.net, false) },
    { word: agreeingText.toTen, tail: tailOf(quote.totals.net, true) },
  ].filter((one) => plain && one.tail !== "");
  const wanted = wholeOf(way, text, rounding);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (wanted === null) return;
    change({ kind: "whole", whole: wanted });
    onClose();
  };
  return (
    <Sheet open onClose={onClose} title={agreeingText.wholeTitle} typed={typed}>
      <form className={styles.form} onSubmit={save} noValidate>
        <ManualFields
          label={agreeingText.wholeOff}
          ways={WAYS}
          none={agreeingText.wholeNone}
          way={way}
          text={text}
          hint={limit ? agreeingText.deepest(limit.depth) : undefined}
          asked={asked}
          onWay={setWay}
          onText={setText}
        />
        <TextField
          label={agreeingText.rounding}
          optional
          hint={limit ? agreeingText.roundingHint(limit.rounding) : undefined}
          error={asked && roundingFault ? agreeingText.badAmount : undefined}
          inputMode="decimal"
          autoComplete="off"
          maxLength={16}
          value={rounding}
          onChange={(event) => setRounding(event.target.value)}
        />
        <div className={styles.quick}>
          {tails.map((one) => (
            <Button key={one.word} small onClick={() => setRounding(one.tail)}>
              {one.word}
            </Button>
          ))}
          {rounding !== "" && (
            <Button small look="text" onClick={() => setRounding("")}>
              {agreeingText.clear}
            </Button>
          )}
        </div>
        <WholeForeseen doc={doc} whole={wanted} bound={limit !== null} />
        <Button type="submit" look="primary" block>
          {agreeingText.save}
        </Button>
      </form>
    </Sheet>
  );
}

/** What is taken off the whole as it is typed; null while something of it is no figure of its kind. */
function wholeOf(way: ManualWay, text: string, rounding: string): QuoteWhole | null {
  const manual = manualOf(way, text);
  const off = rounding.trim() === "" ? "0" : asDecimal(rounding, 2);
  if (manual === null || off === null) return null;
  return { ...manual, ...(Number(off) > 0 ? { rounding: off } : {}) };
}
