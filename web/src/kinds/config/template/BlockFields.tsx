import { templateText } from "../../../text/templates";
import type { BlockRules } from "./blocks";
import type { BlockContent } from "./model";
import { SavedText } from "./SavedText";
import styles from "./TemplateEditor.module.css";

interface BlockFieldsProps {
  rules: BlockRules;
  block: BlockContent;
  both: boolean;
  editable: boolean;
  onChange: (change: Partial<BlockContent>) => void;
}

/** What may be said and shown in one block. */
export function BlockFields({ rules, block, both, editable, onChange }: BlockFieldsProps) {
  const texts: { name: "heading" | "heading_second" | "text" | "text_second"; word: string }[] = [];
  if (rules.heading) texts.push({ name: "heading", word: templateText.heading });
  if (rules.heading && both) texts.push({ name: "heading_second", word: templateText.headingSecond });
  if (rules.text_max > 0) texts.push({ name: "text", word: templateText.text });
  if (rules.text_max > 0 && both) texts.push({ name: "text_second", word: templateText.textSecond });
  if (texts.length === 0 && rules.parts.length === 0)
    return <p className={styles.nothing}>{templateText.nothingToSet}</p>;
  return (
    <div className={styles.fields}>
      {rules.parts.length > 0 && (
        <fieldset className={styles.parts} disabled={!editable}>
          <legend>{templateText.parts}</legend>
          {rules.parts.map(({ key, name }) => (
            <label key={key} className={styles.tick}>
              <input
                type="checkbox"
                checked={block.parts.includes(key)}
                onChange={(event) =>
                  onChange({
                    parts: event.target.checked
                      ? [...block.parts, key]
                      : block.parts.filter((one) => one !== key),
                  })
                }
              />
              {name}
            </label>
          ))}
        </fieldset>
      )}
      {texts.map(({ name, word }) => (
        <SavedText
          key={name}
          label={word}
          value={block[name]}
          maxLength={name.startsWith("heading") ? 40 : rules.text_max}
          long={rules.text_max > 100 && name.startsWith("text")}
          placeholder={name === "heading" ? templateText.usualHeading : undefined}
          disabled={!editable}
          onSave={(text) => onChange({ [name]: text })}
        />
      ))}
    </div>
  );
}
