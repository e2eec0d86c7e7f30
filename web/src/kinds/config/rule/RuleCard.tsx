import type { DraftRow } from "../../../api/types";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { TextField } from "../../../parts/Field";
import { Icon } from "../../../parts/Icon";
import { configText } from "../../../text/config";
import { ruleText } from "../../../text/rules";
import { ActionFields } from "./ActionFields";
import {
  ACTIONS_MAX,
  hasRecord,
  hourMaxOf,
  isShipped,
  nameOf,
  type Rule,
  readRule,
  ruleReads,
  withTrigger,
} from "./model";
import { RareFields } from "./RareFields";
import styles from "./RuleEditor.module.css";
import { TriggerFields } from "./TriggerFields";

export interface RoleName {
  id: string;
  name: string;
}

interface RuleCardProps {
  row: DraftRow;
  roles: readonly RoleName[];
  open: boolean;
  editable: boolean;
  fault: string | undefined;
  onOpen: () => void;
  onChange: (rule: Rule) => void;
  onRevert: () => void;
  onRemove: () => void;
}

/** One rule: its switch and its sentence, and behind them everything that can be set. */
export function RuleCard(props: RuleCardProps) {
  const { row, roles, open, editable, fault, onChange } = props;
  const gone = row.content === null;
  const rule = readRule(row.content ?? row.before ?? {});
  const name = nameOf(row.key, rule);
  const roleName = (key: string) => roles.find((role) => role.id === key)?.name ?? key;
  return (
    <li className={rule.on && !gone ? styles.rule : `${styles.rule} ${styles.off}`}>
      <div className={styles.bar}>
        <input
          type="checkbox"
          checked={rule.on && !gone}
          disabled={!editable || gone}
          aria-label={ruleText.on(name)}
          onChange={(event) => onChange({ ...rule, on: event.target.checked })}
        />
        <button type="button" className={styles.name} aria-expanded={open} onClick={props.onOpen}>
          <span>
            <b>{name}</b>
            {row.change !== "same" && (
              <Badge tone={row.change === "added" ? "info" : "wait"}>{configText[row.change]}</Badge>
            )}
            {!rule.on && <Badge>{ruleText.off}</Badge>}
            <small>{ruleReads(rule, roleName)}</small>
          </span>
          <Icon name={open ? "down" : "right"} size={16} />
        </button>
      </div>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      {open && !gone && (
        <fieldset className={styles.fields} disabled={!editable}>
          <legend className="hidden-text">{name}</legend>
          <TextField
            key={rule.name}
            label={ruleText.name}
            hint={isShipped(row.key) ? ruleText.nameUsual : undefined}
            defaultValue={rule.name}
            placeholder={name}
            maxLength={30}
            onBlur={(event) => onChange({ ...rule, name: event.target.value.trim() })}
          />
          <TriggerFields
            trigger={rule.trigger}
            onChange={(trigger) => onChange(withTrigger(rule, trigger))}
          />
          <h4 className={styles.heading}>{ruleText.actions}</h4>
          {rule.actions.map((action, at) => (
            <ActionFields
              // biome-ignore lint/suspicious/noArrayIndexKey: actions have no name but their place.
              key={at}
              action={action}
              place={at + 1}
              rule={rule}
              usual={isShipped(row.key)}
              roles={roles}
              onChange={(next) =>
                onChange({ ...rule, actions: rule.actions.map((one, place) => (place === at ? next : one)) })
              }
              onRemove={() => onChange({ ...rule, actions: rule.actions.filter((_, place) => place !== at) })}
            />
          ))}
          {rule.actions.length < ACTIONS_MAX && (
            <Button
              icon="plus"
              onClick={() =>
                onChange({
                  ...rule,
                  actions: [...rule.actions, { kind: "notify", to: ["role:region_manager"], text: name }],
                })
              }
            >
              {ruleText.addAction}
            </Button>
          )}
          {hasRecord(rule.trigger) && (
            <label className={styles.tick}>
              <input
                type="checkbox"
                checked={rule.ends_on_progress}
                onChange={(event) => onChange({ ...rule, ends_on_progress: event.target.checked })}
              />
              {ruleText.endsOnProgress}
            </label>
          )}
          <RareFields rule={rule} hourMax={hourMaxOf(rule, row.shown)} onChange={onChange} />
        </fieldset>
      )}
      {editable && (open || gone) && (
        <div className={styles.acts}>
          {row.change !== "same" && row.before !== null && (
            <Button icon="undo" onClick={props.onRevert}>
              {configText.revertRow}
            </Button>
          )}
          {!gone && (
            <Button icon="trash" onClick={props.onRemove}>
              {ruleText.remove}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
