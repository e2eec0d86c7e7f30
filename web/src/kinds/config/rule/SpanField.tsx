import { useState } from "react";
import { Choice } from "../../../parts/Field";
import { ruleText } from "../../../text/rules";
import { NumberField } from "./NumberField";
import styles from "./RuleEditor.module.css";

const UNITS = { minutes: 1, hours: 60 } as const;
type Unit = keyof typeof UNITS;

/** Whole hours read as hours, everything else as minutes. */
const unitOf = (minutes: number): Unit => (minutes > 0 && minutes % UNITS.hours === 0 ? "hours" : "minutes");

interface SpanFieldProps {
  label: string;
  minutes: number;
  onChange: (minutes: number) => void;
}

/** A stretch of time in the unit that one thinks in; kept in minutes. Another unit changes how it is written, not how long it is. */
export function SpanField({ label, minutes, onChange }: SpanFieldProps) {
  const [wanted, setWanted] = useState<Unit>(unitOf(minutes));
  // What is no whole number of hours can only be written in minutes.
  const unit: Unit = minutes % UNITS[wanted] === 0 ? wanted : "minutes";
  return (
    <div className={styles.span}>
      <NumberField
        label={label}
        value={minutes / UNITS[unit]}
        onChange={(count) => onChange(count * UNITS[unit])}
      />
      <Choice
        label={ruleText.unitOf(label)}
        value={unit}
        onChange={(event) => {
          const next = event.target.value as Unit;
          setWanted(next);
          // What does not go into the new unit is taken to the next whole one, so that the choice is never without effect.
          const whole = Math.ceil(minutes / UNITS[next]) * UNITS[next];
          if (whole !== minutes) onChange(whole);
        }}
      >
        {Object.keys(UNITS).map((key) => (
          <option key={key} value={key}>
            {ruleText.units[key as Unit]}
          </option>
        ))}
      </Choice>
    </div>
  );
}
