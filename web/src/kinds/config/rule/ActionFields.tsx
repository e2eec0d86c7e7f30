import { Choice, TextField } from "../../../parts/Field";
import { IconButton } from "../../../parts/IconButton";
import { ruleText } from "../../../text/rules";
import { ACTIONS, type Action, actionsFor, hasRecord, type Proof, type Rule } from "./model";
import { NumberField } from "./NumberField";
import type { RoleName } from "./RuleCard";
import styles from "./RuleEditor.module.css";
import { Tick } from "./TriggerFields";

const HOUR = 60;
const PROOFS: readonly Proof[] = ["none", "text", "file"];

interface ActionFieldsProps {
  action: Action;
  place: number;
  rule: Rule;
  /** The rule has its usual words: its own text may stay empty. */
  usual: boolean;
  roles: readonly RoleName[];
  onChange: (action: Action) => void;
  onRemove: () => void;
}

/** One thing that a rule does: how, for whom, and what it says. */
export function ActionFields({ action, place, rule, usual, roles, onChange, onRemove }: ActionFieldsProps) {
  const kinds = actionsFor(rule.trigger);
  return (
    <div className={styles.action}>
      <div className={styles.actionHead}>
        <b>{ruleText.action(place)}</b>
        {rule.actions.length > 1 && (
          <IconButton quiet icon="trash" label={ruleText.removeAction(place)} onClick={onRemove} />
        )}
      </div>
      <div className={styles.group}>
        <Choice
          label={ruleText.kind}
          value={action.kind}
          onChange={(event) => onChange(turned(action, event.target.value, hasRecord(rule.trigger)))}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {ruleText.kinds[kind]}
            </option>
          ))}
        </Choice>
        {action.kind === "set_field" ? (
          <NumberField
            label={ruleText.setDays}
            value={action.days}
            onChange={(days) => onChange({ ...action, days })}
          />
        ) : (
          <TextField
            key={action.text}
            label={ruleText.text}
            hint={usual ? ruleText.textUsual : undefined}
            defaultValue={action.text}
            maxLength={60}
            onBlur={(event) => {
              const text = event.target.value.trim();
              if (text !== action.text) onChange({ ...action, text });
            }}
          />
        )}
        {action.kind === "task" && (
          <>
            <NumberField
              label={ruleText.hours}
              value={Math.max(1, Math.round(action.minutes / HOUR))}
              onChange={(hours) => onChange({ ...action, minutes: Math.max(1, hours) * HOUR })}
            />
            <Choice
              label={ruleText.proof}
              value={action.proof}
              onChange={(event) => onChange({ ...action, proof: event.target.value as Proof })}
            >
              {PROOFS.map((key) => (
                <option key={key} value={key}>
                  {ruleText.proofs[key]}
                </option>
              ))}
            </Choice>
          </>
        )}
      </div>
      {action.kind !== "set_field" && (
        <fieldset className={styles.recipients}>
          <legend>{ruleText.to}</legend>
          {hasRecord(rule.trigger) && (
            <Tick
              label={ruleText.owner}
              on={action.to.includes("owner")}
              onTick={(on) => onChange({ ...action, to: toggled(action.to, "owner", on) })}
            />
          )}
          {roles.map((role) => (
            <Tick
              key={role.id}
              label={role.name}
              on={action.to.includes(`role:${role.id}`)}
              onTick={(on) => onChange({ ...action, to: toggled(action.to, `role:${role.id}`, on) })}
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}

const toggled = (to: readonly string[], one: string, on: boolean) =>
  on ? [...to, one] : to.filter((other) => other !== one);

/** The action in another way, with the same people and words where it has some. */
function turned(action: Action, kind: string, record: boolean): Action {
  const start = { ...ACTIONS[kind as Action["kind"]] } as Action;
  if (!("to" in start)) return start;
  const to = "to" in action ? action.to : record ? start.to : [];
  const text = "text" in action ? action.text : start.text;
  return { ...start, to, text };
}
