import { ruleText } from "../../../text/rules";
import type { Rule } from "./model";
import { NumberField } from "./NumberField";
import styles from "./RuleEditor.module.css";

interface RareFieldsProps {
  rule: Rule;
  /** How often in an hour it acts at most; null where that is not asked. */
  hourMax: number | null;
  onChange: (rule: Rule) => void;
}

/** What hardly anybody changes, folded away: what becomes of what was missed, and how often it acts. */
export function RareFields({ rule, hourMax, onChange }: RareFieldsProps) {
  return (
    <details>
      <summary className={styles.rare}>{ruleText.rare}</summary>
      <div className={styles.rareFields}>
        <NumberField
          label={ruleText.skipAfter}
          value={rule.skip_after_hours}
          onChange={(hours) => onChange({ ...rule, skip_after_hours: hours })}
        />
        {rule.trigger.kind === "schedule" && (
          <label className={styles.tick}>
            <input
              type="checkbox"
              checked={rule.each_missed}
              onChange={(event) => onChange({ ...rule, each_missed: event.target.checked })}
            />
            {ruleText.eachMissed}
          </label>
        )}
        {hourMax !== null && (
          <NumberField
            label={ruleText.hourMax}
            value={hourMax}
            onChange={(hour_max) => onChange({ ...rule, hour_max })}
          />
        )}
      </div>
    </details>
  );
}
