import { Choice, TextField } from "../../parts/Field";
import { agreeingText } from "../../text/agreeing";
import { type ManualWay, manualOf } from "./manual";

const FIELDS = {
  unit_price: { label: agreeingText.newPrice, fault: agreeingText.badPrice },
  percent_off: { label: agreeingText.percentOff, fault: agreeingText.badPercent },
  amount_off: { label: agreeingText.amountOff, fault: agreeingText.badAmount },
} as const;

interface ManualFieldsProps {
  label: string;
  ways: readonly ManualWay[];
  none: string;
  way: ManualWay;
  text: string;
  hint?: string;
  asked: boolean;
  /** Opened for typing: the field takes the focus, and a new unit price shows this one until it is typed. */
  ready?: string;
  onWay: (way: ManualWay) => void;
  onText: (text: string) => void;
}

/** In which way something is lowered, and by how much. */
export function ManualFields({
  label,
  ways,
  none,
  way,
  text,
  hint,
  asked,
  ready,
  onWay,
  onText,
}: ManualFieldsProps) {
  const field = way === "none" ? null : FIELDS[way];
  return (
    <>
      <Choice label={label} value={way} onChange={(event) => onWay(event.target.value as ManualWay)}>
        {ways.map((one) => (
          <option key={one} value={one}>
            {one === "none" ? none : agreeingText.ways[one]}
          </option>
        ))}
      </Choice>
      {field && (
        <TextField
          label={field.label}
          hint={hint}
          error={asked && manualOf(way, text) === null ? field.fault : undefined}
          inputMode="decimal"
          autoComplete="off"
          data-autofocus={ready === undefined ? undefined : true}
          placeholder={way === "unit_price" ? ready : undefined}
          maxLength={16}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </>
  );
}
