import type { JSX } from "react";
import { Choice, TextField } from "../../../parts/Field";
import { ruleText } from "../../../text/rules";
import { atField, mayLieAfter, TRIGGERS, type Trigger } from "./model";
import { NumberField } from "./NumberField";
import styles from "./RuleEditor.module.css";
import { SpanField } from "./SpanField";

interface TriggerFieldsProps {
  trigger: Trigger;
  onChange: (trigger: Trigger) => void;
}

/** When a rule runs. */
export function TriggerFields({ trigger, onChange }: TriggerFieldsProps) {
  return (
    <div className={styles.group}>
      <Choice
        label={ruleText.trigger}
        value={trigger.kind}
        onChange={(event) => onChange({ ...TRIGGERS[event.target.value as Trigger["kind"]] } as Trigger)}
      >
        {(Object.keys(TRIGGERS) as Trigger["kind"][]).map((kind) => (
          <option key={kind} value={kind}>
            {ruleText.triggers[kind]}
          </option>
        ))}
      </Choice>
      <Details trigger={trigger} onChange={onChange} />
    </div>
  );
}

/** The fields of each trigger; an element for every kind, or the compiler names the one that is missing. */
function Details({ trigger, onChange }: TriggerFieldsProps): JSX.Element {
  switch (trigger.kind) {
    case "event":
      return (
        <>
          <Picked
            label={ruleText.event}
            words={ruleText.events}
            value={trigger.event}
            onPick={(event) => onChange({ ...trigger, event })}
          />
          <SpanField
            label={ruleText.afterEvent}
            minutes={trigger.minutes}
            onChange={(minutes) => onChange({ ...trigger, minutes })}
          />
        </>
      );
    case "state_for":
      return (
        <>
          <NumberField
            label={trigger.wall ? ruleText.waitDaysWall : ruleText.waitDays}
            value={trigger.days}
            onChange={(days) => onChange({ ...trigger, days })}
          />
          <SpanField
            label={ruleText.waitMore}
            minutes={trigger.minutes}
            onChange={(minutes) => onChange({ ...trigger, minutes })}
          />
          <Tick
            label={ruleText.wall}
            on={trigger.wall === true}
            onTick={(wall) => {
              const { wall: _, ...rest } = trigger;
              onChange(wall ? { ...rest, wall } : rest);
            }}
          />
          <p className={styles.hint}>{ruleText.waitHint}</p>
        </>
      );
    case "date_field":
      return <DateDetails trigger={trigger} onChange={onChange} />;
    case "schedule":
      return (
        <>
          <Picked
            label={ruleText.every}
            words={ruleText.everies}
            value={trigger.every}
            onPick={(every) => onChange({ ...trigger, every, day: 1 })}
          />
          {trigger.every === "week" && (
            <Picked
              label={ruleText.weekday}
              words={Object.fromEntries(ruleText.weekdays.map((word, at) => [String(at + 1), word]))}
              value={String(trigger.day)}
              onPick={(day) => onChange({ ...trigger, day: Number(day) })}
            />
          )}
          {trigger.every === "month" && (
            <NumberField
              label={ruleText.monthDay}
              value={trigger.day}
              onChange={(day) => onChange({ ...trigger, day })}
            />
          )}
          <At at={trigger.at} onChange={(at) => onChange({ ...trigger, at })} />
        </>
      );
  }
}

function DateDetails({
  trigger,
  onChange,
}: {
  trigger: Extract<Trigger, { kind: "date_field" }>;
  onChange: (trigger: Trigger) => void;
}) {
  const after = mayLieAfter(trigger.field);
  const before = trigger.days < 0 || Object.is(trigger.days, -0) || (!after && trigger.days === 0);
  // A rule of old that lies after the day still says so, until it is put right.
  const sides: Record<string, string> = {
    before: ruleText.before,
    ...(after || !before ? { after: ruleText.after } : {}),
  };
  return (
    <>
      <Picked
        label={ruleText.field}
        words={ruleText.fields}
        value={trigger.field}
        onPick={(field) => onChange(atField(trigger, field))}
      />
      <Picked<string>
        label={ruleText.side}
        words={sides}
        value={before ? "before" : "after"}
        onPick={(side) =>
          onChange({ ...trigger, days: side === "before" ? -Math.abs(trigger.days) : Math.abs(trigger.days) })
        }
      />
      <NumberField
        label={ruleText.days}
        value={Math.abs(trigger.days)}
        onChange={(days) => onChange({ ...trigger, days: before ? -days : days })}
      />
      <At at={trigger.at} onChange={(at) => onChange({ ...trigger, at })} />
      <Tick
        label={ruleText.working}
        on={trigger.working === true}
        onTick={(working) => {
          const { working: _, ...rest } = trigger;
          onChange(working ? { ...rest, working } : rest);
        }}
      />
    </>
  );
}

interface PickedProps<Key extends string> {
  label: string;
  /** A word for each that can be picked. */
  words: Readonly<Record<NoInfer<Key>, string>>;
  value: Key;
  onPick: (value: Key) => void;
}

function Picked<Key extends string>({ label, words, value, onPick }: PickedProps<Key>) {
  return (
    <Choice label={label} value={value} onChange={(event) => onPick(event.target.value as Key)}>
      {Object.entries<string>(words).map(([key, word]) => (
        <option key={key} value={key}>
          {word}
        </option>
      ))}
    </Choice>
  );
}

function At({ at, onChange }: { at: string; onChange: (at: string) => void }) {
  return (
    <TextField
      key={at}
      label={ruleText.at}
      type="time"
      defaultValue={at}
      onBlur={(event) => {
        if (event.target.value !== "" && event.target.value !== at) onChange(event.target.value);
      }}
    />
  );
}

export function Tick({ label, on, onTick }: { label: string; on: boolean; onTick: (on: boolean) => void }) {
  return (
    <label className={styles.tick}>
      <input type="checkbox" checked={on} onChange={(event) => onTick(event.target.checked)} />
      {label}
    </label>
  );
}
