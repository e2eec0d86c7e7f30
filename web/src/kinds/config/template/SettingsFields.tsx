import type { Content, DraftRow } from "../../../api/types";
import { Choice } from "../../../parts/Field";
import { templateText } from "../../../text/templates";
import { SavedText } from "./SavedText";
import styles from "./TemplateEditor.module.css";

interface SettingsFieldsProps {
  row: DraftRow | undefined;
  editable: boolean;
  onChange: (label: string, content: Content) => void;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** What is true of the whole document: paper, languages, title, colour. */
export function SettingsFields({ row, editable, onChange }: SettingsFieldsProps) {
  const content: Content = row?.content ?? { page: "a4", language: "zh", accent: true };
  const set = (label: string, change: Content) => {
    const next = { ...content, ...change };
    for (const name of ["title", "title_second"]) if (next[name] === "") delete next[name];
    onChange(label, next);
  };
  const both = content.language === "zh_en";
  return (
    <div className={styles.settings}>
      <Choice
        label={templateText.page}
        value={text(content.page)}
        disabled={!editable}
        hint={text(content.page) === "a4" ? undefined : templateText.formHint}
        onChange={(event) => {
          const page = event.target.value;
          // A needle printer knows black only.
          set(templateText.page, { page, accent: page === "a4" });
        }}
      >
        {Object.entries(templateText.pages).map(([key, word]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </Choice>
      <Choice
        label={templateText.language}
        value={text(content.language)}
        disabled={!editable}
        onChange={(event) => set(templateText.language, { language: event.target.value })}
      >
        {Object.entries(templateText.languages).map(([key, word]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </Choice>
      <SavedText
        label={templateText.paperTitle}
        value={text(content.title)}
        placeholder={templateText.usualTitle}
        maxLength={12}
        disabled={!editable}
        onSave={(title) => set(templateText.paperTitle, { title })}
      />
      {both && (
        <SavedText
          label={templateText.paperTitleSecond}
          value={text(content.title_second)}
          placeholder="Quotation"
          maxLength={30}
          disabled={!editable}
          onSave={(title) => set(templateText.paperTitleSecond, { title_second: title })}
        />
      )}
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={content.accent === true}
          disabled={!editable}
          onChange={(event) => set(templateText.accent, { accent: event.target.checked })}
        />
        {templateText.accent}
      </label>
    </div>
  );
}
