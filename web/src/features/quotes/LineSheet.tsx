import { type FormEvent, useId, useState } from "react";
import type { PricedLine } from "../../api/types";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { formatMoney } from "../../parts/format";
import { Sheet } from "../../parts/Sheet";
import { useTyped } from "../../parts/useTyped";
import { agreeingText } from "../../text/agreeing";
import styles from "./Agreeing.module.css";
import type { DraftDoc, DraftLine } from "./draftModel";
import { LineForeseen } from "./LineForeseen";
import { ManualFields } from "./ManualFields";
import { type ManualWay, manualOf, wayOf } from "./manual";
import type { ChangeDraft } from "./useQuoteDraft";

const WAYS = ["none", "unit_price", "percent_off", "amount_off"] as const;
const GROUP_LETTERS = 40;

interface LineSheetProps {
  doc: DraftDoc;
  line: DraftLine;
  priced: PricedLine | undefined;
  change: ChangeDraft;
  onClose: () => void;
}

/** The price of one line by hand, and the room that it belongs to. */
export function LineSheet({ doc, line, priced, change, onClose }: LineSheetProps) {
  const rooms = useId();
  // It opens ready for a new price; as long as nothing is typed, the rules decide.
  const set = wayOf(line.manual);
  const [way, setWay] = useState<(typeof WAYS)[number]>(set === "none" ? "unit_price" : set);
  const [text, setText] = useState(
    line.manual?.unit_price ?? line.manual?.percent_off ?? line.manual?.amount_off ?? "",
  );
  const [group, setGroup] = useState(line.group ?? "");
  const [asked, setAsked] = useState(false);
  const typed = useTyped([way, text, group]);
  const known = [...new Set(doc.lines.map((one) => one.group).filter(Boolean))];
  const save = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const untouched = set === "none" && way === "unit_price" && text.trim() === "";
    const manual = untouched ? undefined : manualOf(way, text);
    if (manual === null) return;
    if (typed) change({ kind: "line", id: line.id, patch: { manual, group: group.trim() || undefined } });
    onClose();
  };
  const whole = doc.whole?.percent_off != null || doc.whole?.amount_off != null;
  return (
    <Sheet open onClose={onClose} title={agreeingText.lineTitle} typed={typed}>
      <form className={styles.form} onSubmit={save} noValidate>
        <p className={styles.about}>
          <b>{line.product.name}</b>
          {priced?.unit_price != null && (
            <span>{agreeingText.systemPrice(formatMoney(priced.unit_price), line.unit)}</span>
          )}
        </p>
        <ManualFields
          label={agreeingText.way}
          ways={WAYS}
          none={agreeingText.ways.none}
          way={way}
          text={text}
          hint={hintOf(way, priced, whole)}
          asked={asked}
          ready={priced?.unit_price ?? ""}
          onWay={setWay}
          onText={setText}
        />
        <LineForeseen doc={doc} line={line} manual={manualOf(way, text)} />
        <TextField
          label={agreeingText.group}
          hint={agreeingText.groupHint}
          optional
          list={rooms}
          maxLength={GROUP_LETTERS}
          value={group}
          onChange={(event) => setGroup(event.target.value)}
        />
        <datalist id={rooms}>
          {known.map((room) => (
            <option key={room} value={room} />
          ))}
        </datalist>
        <Button type="submit" look="primary" block>
          {agreeingText.save}
        </Button>
      </form>
    </Sheet>
  );
}

/**
 * How far one may go, in the measure in which it is typed; a limit binds where there is a lowest price. The server counts
 * the line's share of what is taken off the `whole`, which may leave nothing.
 */
function hintOf(way: ManualWay, priced: PricedLine | undefined, whole: boolean) {
  const lowest = priced?.lowest_unit_price;
  const deepest = priced?.deepest_percent_off;
  if (lowest == null || deepest == null) return undefined;
  if (whole && deepest === "0") return agreeingText.noRoom;
  const own = way === "unit_price" ? agreeingText.lowest(formatMoney(lowest)) : agreeingText.deepest(deepest);
  return whole ? agreeingText.besideWhole(own) : own;
}
