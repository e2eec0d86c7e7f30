import { useState } from "react";
import { baseText } from "../text/base";
import { FilterChip } from "./FilterChip";
import { Icon } from "./Icon";
import styles from "./OptionFilter.module.css";

export interface Option {
  value: string;
  label: string;
}

interface OptionFilterProps {
  label: string;
  options: Option[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

const SEARCH_FROM = 9;

/** A filter that takes one of a list; a long list can be searched. */
export function OptionFilter({ label, options, value, onChange }: OptionFilterProps) {
  const [text, setText] = useState("");
  const chosen =
    value === undefined ? undefined : (options.find((option) => option.value === value)?.label ?? value);
  const shown = options.filter((option) => option.label.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <FilterChip label={label} chosen={chosen} onClear={() => onChange(undefined)}>
      {(close) => (
        <>
          {options.length >= SEARCH_FROM && (
            <input
              className={styles.search}
              aria-label={baseText.search}
              placeholder={baseText.search}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
          <ul aria-label={label}>
            {shown.map((option) => (
              <li key={option.value}>
                <button
                  type="button"
                  className={styles.option}
                  aria-pressed={option.value === value}
                  onClick={() => {
                    onChange(option.value === value ? undefined : option.value);
                    setText("");
                    close();
                  }}
                >
                  {option.label}
                  {option.value === value && <Icon name="check" size={16} />}
                </button>
              </li>
            ))}
          </ul>
          {shown.length === 0 && <p className={styles.none}>{baseText.nothingFound}</p>}
        </>
      )}
    </FilterChip>
  );
}
